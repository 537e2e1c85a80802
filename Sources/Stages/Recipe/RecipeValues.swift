/// Numbers, durations, frequencies and shares of a section.
extension RecipeSection {
    mutating func integer(_ key: String, _ range: ClosedRange<Int>) throws(RecipeError) -> Int? {
        guard let text = try text(key) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            let limit =
                range.upperBound == Int.max
                ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
            throw error(key, "is a whole number, \(limit), not '\(text)'")
        }
        return value
    }

    mutating func number(_ key: String, _ range: ClosedRange<Double>) throws(RecipeError) -> Double? {
        guard let text = try text(key) else { return nil }
        guard let value = Double(text), value.isFinite, range.contains(value) else {
            throw error(key, "is a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
        }
        return value
    }

    mutating func flag(_ key: String) throws(RecipeError) -> Bool? {
        guard let text = try text(key) else { return nil }
        switch text {
        case "true", "yes": return true
        case "false", "no": return false
        default: throw error(key, "is true or false, not '\(text)'")
        }
    }

    /// A duration in samples at `rate` Hz; `2048 samples` says so itself.
    mutating func samples(_ key: String, rate: Int) throws(RecipeError) -> Int? {
        guard let text = try text(key) else { return nil }
        if let count = Units.quantity(text, Units.samples)?.times(1) { return count }
        return try duration(key, text, rate: rate, example: "25ms, 4s, 10min or 512 samples")
    }

    /// A duration in whole milliseconds.
    mutating func milliseconds(_ key: String) throws(RecipeError) -> Int? {
        guard let text = try text(key) else { return nil }
        return try duration(key, text, rate: 1000, example: "25ms, 4s or 10min")
    }

    /// A list of durations in whole milliseconds.
    mutating func milliseconds(list key: String) throws(RecipeError) -> [Int]? {
        guard let texts = try list(key) else { return nil }
        var values: [Int] = []
        for text in texts { values.append(try duration(key, text, rate: 1000, example: "25ms, 4s or 10min")) }
        return values
    }

    /// A level or ratio in decibels.
    mutating func decibels(_ key: String) throws(RecipeError) -> Double? {
        guard let text = try text(key) else { return nil }
        return try decibels(key, text)
    }

    /// A list of levels or ratios in decibels.
    mutating func decibelList(_ key: String) throws(RecipeError) -> [Double]? {
        guard let texts = try list(key) else { return nil }
        var values: [Double] = []
        for text in texts { values.append(try decibels(key, text)) }
        return values
    }

    private func decibels(_ key: String, _ text: String) throws(RecipeError) -> Double {
        let isNegative = text.hasPrefix("-")
        let magnitude = String(isNegative ? text.dropFirst() : text[...])
        guard let quantity = Units.quantity(magnitude, Units.decibels), quantity.value <= 1000 else {
            throw error(key, "is in decibels, such as 15dB or -6dB, not '\(text)'")
        }
        return isNegative ? -quantity.value : quantity.value
    }

    private func duration(
        _ key: String, _ text: String, rate: Int, example: String
    ) throws(RecipeError) -> Int {
        guard let quantity = Units.quantity(text, Units.durations) else {
            throw error(key, "is a duration with its unit, such as \(example), not '\(text)'")
        }
        guard let samples = quantity.times(rate) else {
            throw error(
                key,
                "is \(text), which is \(quantity.product(rate)) samples at \(rate) Hz; choose a duration that falls on a sample"
            )
        }
        return samples
    }

    /// A frequency in hertz.
    mutating func hertz(_ key: String) throws(RecipeError) -> Double? {
        guard let text = try text(key) else { return nil }
        guard let quantity = Units.quantity(text, Units.frequencies) else {
            throw error(key, "is a frequency with its unit, such as 20Hz or 16kHz, not '\(text)'")
        }
        return quantity.value
    }

    /// A sample rate in whole hertz.
    mutating func rate(_ key: String) throws(RecipeError) -> Int? {
        guard let text = try text(key) else { return nil }
        return try rate(key, text)
    }

    mutating func rates(_ key: String) throws(RecipeError) -> [Int]? {
        guard let texts = try list(key) else { return nil }
        var rates: [Int] = []
        for text in texts { rates.append(try rate(key, text)) }
        return rates
    }

    private func rate(_ key: String, _ text: String) throws(RecipeError) -> Int {
        guard let rate = Units.quantity(text, Units.frequencies)?.times(1), (1000...384_000).contains(rate)
        else {
            throw error(
                key, "is a sample rate from 1kHz to 384kHz with its unit, such as 16kHz, not '\(text)'")
        }
        return rate
    }

    /// A share in parts per million.
    mutating func share(_ key: String) throws(RecipeError) -> Int? {
        guard let text = try text(key) else { return nil }
        guard let parts = Units.quantity(text, Units.shares)?.times(1_000_000), parts <= 1_000_000 else {
            throw error(key, "is a share from 0% to 100%, not '\(text)'")
        }
        return parts
    }
}
