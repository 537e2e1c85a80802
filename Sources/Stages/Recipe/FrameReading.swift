import Audio
import Features

/// Reads the section `frame`; the features' kind and dialect set the frames.
struct FrameReading {
    let rate: Int

    /// - Parameter framing: the frames of the features; nil for raw waveforms, which have none.
    func read(
        _ found: RecipeSection, framing: (window: Int, hop: Int, edges: FrameEdges)?
    ) throws(RecipeError) -> FrameParameters {
        var section = found
        // Read with the features, which they shape.
        for key in ["window", "hop", "edges"] { _ = section.node(key) }
        let length = try section.samples("length", rate: rate)
        let parameters = FrameParameters(
            window: framing?.window ?? 1, hop: framing?.hop ?? 1, edges: framing?.edges ?? .snip,
            group: try section.integer("group", 1...1_000_000),
            length: length, every: try section.samples("every", rate: rate) ?? length,
            trim: try section.samples("trim", rate: rate) ?? 0,
            minimum: try section.samples("minimum", rate: rate) ?? 0,
            tail: try section.choice("tail") ?? .drop,
            limit: try section.choice("limit") ?? .inclusive,
            perUtterance: try section.integer("per-utterance", 1...1_000_000),
            activity: try activity(&section))
        try check(parameters, section, isRaw: framing == nil)
        try section.finish()
        return parameters
    }

    private enum Activity: String, CaseIterable { case none, trim, drop }

    private func activity(_ section: inout RecipeSection) throws(RecipeError) -> ActivityRule? {
        let word: Activity = try section.choice("vad") ?? .none
        let threshold = try section.decibels("vad-threshold")
        let floor = try section.decibels("vad-floor")
        let hangover = try section.samples("vad-hangover", rate: rate)
        let share = try section.share("vad-share")
        guard let mode = ActivityRule.Mode(rawValue: word.rawValue) else {
            for key in RecipeShape.vad where section.keys.contains(key) {
                throw section.error(key, "goes with frame.vad: trim or drop")
            }
            return nil
        }
        if mode == .trim && share != nil {
            throw section.error("vad-share", "goes with frame.vad: drop only")
        }
        if let threshold, threshold <= 0 { throw section.error("vad-threshold", "must be above 0dB") }
        let hop = max(rate / 100, 1)
        return ActivityRule(
            mode: mode,
            parameters: SpeechActivityParameters(
                windowSampleCount: max(rate / 40, 1), hopSampleCount: hop, thresholdDB: threshold ?? 30,
                floorDB: floor ?? 70, hangoverFrameCount: (hangover ?? rate / 5) / hop),
            leastShare: share ?? 500_000)
    }

    private func check(
        _ parameters: FrameParameters, _ section: RecipeSection, isRaw: Bool
    ) throws(RecipeError) {
        if parameters.group != nil && parameters.length != nil {
            throw section.error(
                "group", "and frame.length exclude each other: an example is so many frames, or so long")
        }
        if parameters.group != nil && isRaw {
            throw section.error("group", "counts frames, and raw waveforms have none; use frame.length")
        }
        if parameters.length == nil && parameters.every != nil {
            throw section.error("every", "says from start to start of cuts; give their frame.length too")
        }
        if let length = parameters.length, length <= 0 {
            throw section.error("length", "must be longer than nothing")
        }
        if let every = parameters.every, every <= 0 {
            throw section.error("every", "must be longer than nothing")
        }
        if let length = parameters.length, !isRaw, length < parameters.window {
            throw section.error(
                "length", "is \(length) samples, shorter than one window of \(parameters.window)")
        }
    }
}
