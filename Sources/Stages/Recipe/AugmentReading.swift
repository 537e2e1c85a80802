import Audio

/// Reads the section `augment`.
enum AugmentReading {
    static func read(_ node: RecipeNode?, place: String) throws(RecipeError) -> AugmentRequest? {
        guard let node else { return nil }
        var section = try RecipeSection(node, name: "augment", place: place)
        if section.isEmpty { return nil }
        let noisePath = try section.text("noise")
        let responsePath = try section.text("responses")
        let parameters = AugmentParameters(
            seed: UInt64(try section.integer("seed", 0...Int.max) ?? 0),
            copies: try section.integer("copies", 1...1000) ?? 1,
            noise: try noise(&section, path: noisePath),
            responseShare: try responseShare(&section, path: responsePath), speeds: try speeds(&section),
            gain: try gain(&section))
        try section.finish()
        if parameters.noise == nil && parameters.responseShare == nil && parameters.gain == nil
            && parameters.speeds.allSatisfy({ $0 == .one })
        {
            throw section.error(
                "",
                "changes nothing: say noise (a folder), responses (a folder), speeds or gain, or take it away"
            )
        }
        return AugmentRequest(
            parameters: parameters, noisePath: noisePath, responsePath: responsePath, place: section.place)
    }

    private static func noise(
        _ section: inout RecipeSection, path: String?
    ) throws(RecipeError) -> AugmentParameters.Noise? {
        let range = try self.range(&section, "snr", limit: 100)
        let share = try section.share("noise-share")
        guard path != nil else {
            for key in ["snr", "noise-share"] where section.keys.contains(key) {
                throw section.error(key, "goes with augment.noise, the folder of noises")
            }
            return nil
        }
        let (low, high) = range ?? (5, 20)
        return AugmentParameters.Noise(lowestRatio: low, highestRatio: high, share: share ?? 1_000_000)
    }

    private static func responseShare(
        _ section: inout RecipeSection, path: String?
    ) throws(RecipeError) -> Int? {
        let share = try section.share("responses-share")
        if path == nil && share != nil {
            throw section.error(
                "responses-share", "goes with augment.responses, the folder of impulse responses")
        }
        return path.map { _ in share ?? 1_000_000 }
    }

    private static func gain(_ section: inout RecipeSection) throws(RecipeError) -> AugmentParameters.Gain? {
        try range(&section, "gain", limit: 60).map { AugmentParameters.Gain(lowest: $0.0, highest: $0.1) }
    }

    /// `[5dB, 20dB]`, or one value for both; no further than `limit` from 0, so that samples stay finite.
    private static func range(
        _ section: inout RecipeSection, _ key: String, limit: Double
    ) throws(RecipeError) -> (Double, Double)? {
        guard let values = try section.decibelList(key) else { return nil }
        guard let low = values.first, let high = values.last, values.count <= 2, low <= high else {
            throw section.error(key, "is a range in decibels, the lower first, such as [5dB, 20dB]")
        }
        guard low >= -limit, high <= limit else {
            throw section.error(key, "is from -\(Int(limit))dB to \(Int(limit))dB")
        }
        return (low, high)
    }

    private static func speeds(_ section: inout RecipeSection) throws(RecipeError) -> [SpeedFactor] {
        var speeds: [SpeedFactor] = []
        for text in try section.list("speeds") ?? [] {
            guard let (digits, scale) = Units.decimal(Substring(text)), scale <= 1000, digits <= scale * 2,
                digits * 2 >= scale
            else {
                throw section.error(
                    "speeds", "holds factors from 0.5 to 2, such as [0.9, 1, 1.1], not '\(text)'")
            }
            speeds.append(SpeedFactor(digits, scale))
        }
        return speeds
    }
}
