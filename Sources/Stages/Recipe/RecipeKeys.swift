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
        "features.fbank.spectrum": "features.spectrum", "features.fbank.logOffset": "features.log-offset",
        "features.fbank.energyRule": "features.energy",
        "features.fbank.decibels.reference": "features.reference",
        "features.fbank.decibels.isReferenceLargest": "features.reference",
        "features.fbank.decibels.range": "features.top-db",
        "features.fbank.energyFloor": "features.energy-floor",
        "features.mfcc.coefficientCount": "features.coefficients",
        "features.mfcc.transformNorm": "features.dct-norm", "features.mfcc.lifter": "features.lifter",
        "features.mfcc.lifterForm": "features.lifter-form", "features.mfcc.deltas": "features.deltas",
        "features.mfcc.transformType": "features.dct-type",
        "features.mfcc.deltaForm": "features.delta-form",
        "features.mfcc.deltaWindow": "features.delta-window", "features.mfcc.energy": "features.energy",
        "features.spectrogram.energy": "features.energy",
        "features.picture.height": "features.resize", "features.picture.width": "features.resize",
        "features.picture.method": "features.resize-method", "features.picture.rangeDB": "features.range",
        "features.embedding.weights": "features.weights-digest",
        "features.sliding.frameCount": "features.sliding-frames",
        "features.sliding.isCentered": "features.sliding-centered",
        "features.sliding.normalizesVariance": "features.sliding-variance",
        "features.sliding.leastFrameCount": "features.sliding-minimum",
        "ingest.minimumMilliseconds": "ingest.minimum", "ingest.unknownSpeakers": "ingest.unknown-speakers",
        "resample.channels": "ingest.channels", "pairs.rules.maximumPerSpeaker": "pairs.maximum-per-speaker",
        "pairs.rules.labelOfSame": "pairs.label-of-same", "frame.perUtterance": "frame.per-utterance",
        "frame.activity.mode": "frame.vad", "frame.activity.leastShare": "frame.vad-share",
        "frame.activity.parameters.thresholdDB": "frame.vad-threshold",
        "frame.activity.parameters.floorDB": "frame.vad-floor",
        "frame.activity.parameters.hangoverFrameCount": "frame.vad-hangover",
        "frame.activity.parameters.windowSampleCount": "resample.rate",
        "frame.activity.parameters.hopSampleCount": "resample.rate",
        "normalize.dtype": "features.dtype",
        "episodes.supportDraw": "episodes.support-draw",
    ]

    private static let prefixes: [(from: String, to: String)] = [
        ("augment.augment.noise.share", "augment.noise-share"), ("augment.augment.noise.", "augment.snr"),
        ("augment.augment.responseShare", "augment.responses-share"),
        ("augment.augment.gain.", "augment.gain"), ("augment.augment.speeds", "augment.speeds"),
        ("pairs.rules.positiveShare.", "pairs.same"), ("trials.target.", "trials.target"),
        ("split.rules.folds.count", "split.folds"),
        ("split.rules.folds.number", "split.fold"), ("split.rules.folds.hasValidation", "split.validation"),
        ("split.rules.heldOut.", "split.held-out"), ("certificate.allow", "split.allow"),
        ("certificate.fingerprint", "split.near-identical"),
        ("certificate.threshold", "split.near-identical"),
        ("fingerprint.fingerprint.", "split.near-identical"), ("fingerprint.channels", "ingest.channels"),
    ]

    private static let moved: [(from: String, to: String)] = [
        ("pairs.mining.kind", "pairs.mining"), ("pairs.mining.", "pairs."),
        ("augment.augment.", "augment."), ("augment.frame.", "frame."), ("augment.features.", "features."),
        ("augment.resample.", "resample."), ("split.rules.shares.", "split."),
        ("split.rules.counts.", "split."),
        ("split.rules.subsets.", "split."),
        ("split.rules.lists.", "split."),
        ("split.rules.", "split."), ("pairs.rules.", "pairs."), ("features.picture.", "features."),
    ]

    /// A sentence about parameters in the words of recipes: `melNorm` becomes `features.mel-norm`.
    static func spoken(_ sentence: String) -> String {
        let words = names.filter { $0.key.hasPrefix("features.fbank.") || $0.key.hasPrefix("features.mfcc.") }
            .map { (word: String($0.key.split(separator: ".")[2]), key: $0.value) }
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
        // Cepstra hold a filter bank's parameters, and spectrograms some of them.
        for part in ["features.mfcc.fbank.", "features.spectrogram."] where field.hasPrefix(part) {
            return name(of: "features.fbank." + field.dropFirst(part.count))
        }
        if let rule = prefixes.first(where: { field.hasPrefix($0.from) }) { return rule.to }
        if let rule = moved.first(where: { field.hasPrefix($0.from) }) {
            return rule.to + field.dropFirst(rule.from.count)
        }
        return field
    }
}
