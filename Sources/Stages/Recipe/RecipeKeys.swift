/// Names a stage's parameter as a recipe does, so that what `plan` says can be looked up there.
enum RecipeKeys {
    private static let names: [String: String] = [
        "features.fbank.melCount": "features.mels", "features.fbank.lowHz": "features.low",
        "features.fbank.highHz": "features.high", "features.fbank.fftSize": "features.fft",
        "features.fbank.window": "features.window", "features.fbank.preEmphasis": "features.preemphasis",
        "features.fbank.preEmphasisScope": "features.preemphasis-over",
        "features.fbank.removeDC": "features.remove-dc",
        "features.fbank.melFormula": "features.mel-formula", "features.fbank.melNorm": "features.mel-norm",
        "features.fbank.filterShape": "features.filters", "features.fbank.log": "features.log",
        "features.fbank.logFloor": "features.log-floor", "features.fbank.floorRule": "features.floor-rule",
        "features.fbank.scale": "features.scale", "features.fbank.powerScale": "features.power-scale",
        "features.fbank.energy": "features.energy", "features.fbank.dither": "features.dither",
        "features.fbank.windowSampleCount": "frame.window", "features.fbank.hopSampleCount": "frame.hop",
        "features.fbank.sampleRate": "resample.rate", "features.fbank.edges": "frame.edges",
        "ingest.minimumMilliseconds": "ingest.minimum", "ingest.unknownSpeakers": "ingest.unknown-speakers",
        "resample.channels": "ingest.channels", "pairs.rules.maximumPerSpeaker": "pairs.maximum-per-speaker",
        "pairs.rules.labelOfSame": "pairs.label-of-same", "normalize.dtype": "features.dtype",
        "episodes.supportDraw": "episodes.support-draw",
    ]

    private static let prefixes: [(from: String, to: String)] = [
        ("pairs.rules.positiveShare.", "pairs.same"), ("trials.target.", "trials.target"),
    ]

    private static let moved: [(from: String, to: String)] = [
        ("split.rules.shares.", "split."), ("split.rules.subsets.", "split."),
        ("split.rules.lists.", "split."),
        ("split.rules.", "split."), ("pairs.rules.", "pairs."),
    ]

    /// A sentence about parameters in the words of recipes: `melNorm` becomes `features.mel-norm`.
    static func spoken(_ sentence: String) -> String {
        let words = names.filter { $0.key.hasPrefix("features.fbank.") }
            .map { (word: String($0.key.dropFirst("features.fbank.".count)), key: $0.value) }
        return sentence.split(separator: " ", omittingEmptySubsequences: false).map { part -> String in
            let word = String(part.prefix { $0.isLetter })
            guard word.contains(where: \.isUppercase), let known = words.first(where: { $0.word == word })
            else {
                return String(part)
            }
            return known.key + part.dropFirst(word.count)
        }.joined(separator: " ")
    }

    /// The recipe's name of a field of a question; one of a list goes by the list's name.
    static func name(of leaf: String) -> String {
        let field = leaf.hasSuffix("]") ? String(leaf.prefix { $0 != "[" }) : leaf
        if let name = names[field] { return name }
        if let rule = prefixes.first(where: { field.hasPrefix($0.from) }) { return rule.to }
        if let rule = moved.first(where: { field.hasPrefix($0.from) }) {
            return rule.to + field.dropFirst(rule.from.count)
        }
        return field
    }
}
