import Corpus

/// Reads the section `episodes`.
enum EpisodeReading {
    /// Support rows of one set of episodes: 1 GiB of row numbers.
    private static let largestSet = 1 << 28

    static func episodes(_ node: RecipeNode?, place: String) throws(RecipeError) -> EpisodeRequest? {
        guard let node else { return nil }
        var section = try RecipeSection(node, name: "episodes", place: place)
        let shots = try numbers("shots", &section, 1...1000, such: "1, or [1, 5]")
        let ways = try numbers("ways", &section, 2...10_000, such: "4, 2-20, or [2, 5, 20]")
        guard let count = try section.integer("count", 1...100_000_000) else {
            throw section.error("count", "is needed: how many episodes of each shot and way, such as 1000")
        }
        let rows = saturatingProduct(UInt64(shots.last ?? 1) * UInt64(ways.last ?? 2), UInt64(count))
        guard rows <= UInt64(largestSet) else {
            throw section.error(
                "count",
                "makes \(rows) support examples for the most shots and ways, more than the \(largestSet) of one "
                    + "file; lower it")
        }
        let parameters = EpisodeParameters(
            count: count, seed: UInt64(try section.integer("seed", 0...Int.max) ?? 0),
            query: try section.choice("query") ?? .uniform,
            supportDraw: try section.choice("support-draw") ?? .uniform,
            support: try section.choice("support") ?? .any,
            negatives: try section.choice("negatives") ?? .any,
            example: try section.choice("example") ?? .any)
        let sides = try SelectionReading.sides(&section, of: "episodes", unless: ["validation"])
        try section.finish()
        return EpisodeRequest(parameters: parameters, shots: shots, ways: ways, sides: sides)
    }

    /// Whole numbers, ascending, each once: one, a list, or ranges such as `2-20`.
    private static func numbers(
        _ key: String, _ section: inout RecipeSection, _ range: ClosedRange<Int>, such: String
    ) throws(RecipeError) -> [Int] {
        guard let words = try section.list(key), !words.isEmpty else {
            throw section.error(key, "is needed, such as \(such)")
        }
        var numbers: Set<Int> = []
        for word in words {
            let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil,
                first <= last, range.contains(first), range.contains(last)
            else {
                throw section.error(
                    key,
                    "takes whole numbers from \(range.lowerBound) to \(range.upperBound), such as \(such), not '\(word)'"
                )
            }
            numbers.formUnion(first...last)
        }
        return numbers.sorted()
    }
}
