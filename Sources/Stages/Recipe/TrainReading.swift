import Corpus

/// Reads the section `train`, which shapes no bytes of the dataset.
enum TrainReading {
    static func settings(_ node: RecipeNode?, place: String) throws(RecipeError) -> TrainSettings {
        var settings = TrainSettings()
        guard let node else { return settings }
        var section = try RecipeSection(node, name: "train", place: place)
        settings.system = try section.choice("system")
        settings.seed = UInt64(try section.integer("seed", 0...Int.max) ?? 0)
        settings.epochs = try section.integers("epochs", 1...1_000_000)
        settings.rates = try section.numbers("rate", 1e-12...1000)
        settings.batch = try section.integer("batch", 1...1_000_000)
        settings.batches = try section.integer("batches", 1...1_000_000_000)
        settings.filters = try section.integer("filters", 1...4096)
        settings.embedding = try section.integer("embedding", 1...65_536)
        settings.dropout = try section.number("dropout", 0...0.99)
        settings.margin = try section.number("margin", 0...1000)
        settings.weights = try section.text("weights")
        settings.patience = try section.integer("patience", 1...1_000_000)
        try validation(&section, &settings)
        try section.finish()
        return settings
    }

    private static func validation(
        _ section: inout RecipeSection, _ settings: inout TrainSettings
    ) throws(RecipeError) {
        settings.validation = try section.choices("validate")
        settings.ways = try section.integer("validate-ways", 2...10_000)
        settings.tasks = try section.integer("validate-tasks", 1...1_000_000)
        settings.everyBatches = try section.integer("validate-batches", 1...1_000_000_000)
    }
}

extension RecipeSection {
    /// A list of whole numbers; one alone is a list of one.
    fileprivate mutating func integers(
        _ key: String, _ range: ClosedRange<Int>
    ) throws(RecipeError) -> [Int]? {
        guard let words = try list(key), !words.isEmpty else { return nil }
        var values: [Int] = []
        for word in words {
            guard let value = Int(word), range.contains(value) else {
                throw error(
                    key, "takes whole numbers from \(range.lowerBound), such as 20 or [20, 10], not '\(word)'"
                )
            }
            values.append(value)
        }
        return values
    }

    /// A list of numbers; one alone is a list of one.
    fileprivate mutating func numbers(
        _ key: String, _ range: ClosedRange<Double>
    ) throws(RecipeError) -> [Double]? {
        guard let words = try list(key), !words.isEmpty else { return nil }
        var values: [Double] = []
        for word in words {
            guard let value = Double(word), range.contains(value) else {
                throw error(
                    key,
                    "takes numbers from \(range.lowerBound) to \(range.upperBound), such as 1e-3 or [1e-3, 5e-4], not '\(word)'"
                )
            }
            values.append(value)
        }
        return values
    }
}
