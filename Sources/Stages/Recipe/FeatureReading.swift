import Features

/// Reads the sections `frame` and `features` together: the dialect sets defaults of both.
struct FeatureReading {
    let rate: Int

    func read(
        frame found: RecipeSection, features: RecipeSection
    ) throws(RecipeError) -> (FrameParameters, FeatureParameters) {
        var frame = found
        var section = features
        let kind: FeatureParameters.Kind = try section.choice("kind") ?? .fbank
        let dialect: FeatureParameters.Dialect = try section.choice("dialect") ?? .kaldi
        try refuseMeaningless(section, kind)
        var parameters = FeatureParameters(
            kind: kind, dialect: kind == .raw ? nil : dialect, dtype: try section.choice("dtype") ?? .float32,
            normalize: try section.choice("normalize") ?? .none, rms: try section.number("rms", 1e-6...1))
        let level: FeatureParameters.Level? = try section.choice("level")
        parameters.level = level == FeatureParameters.Level.none ? nil : level
        let matrix = try MatrixReading(rate: rate, kind: kind, dialect: dialect).read(&section, &frame)
        switch matrix {
        case .fbank(let fbank): parameters.fbank = fbank
        case .mfcc(let mfcc): parameters.mfcc = mfcc
        case .spectrogram(let spectrogram): parameters.spectrogram = spectrogram
        case nil: break
        }
        parameters.sliding = try sliding(&section, parameters.normalize)
        parameters.picture = try PictureReading.read(&section, kind: kind)
        parameters.embedding = try EmbeddingReading.read(&section, parameters, frame: found)
        try check(parameters, section)
        try section.finish()
        let base = matrix?.framing
        return (try FrameReading(rate: rate).read(frame, framing: base), parameters)
    }

    private func sliding(
        _ section: inout RecipeSection, _ normalize: FeatureParameters.Normalize
    ) throws(RecipeError) -> SlidingNormalization? {
        let frames = try section.integer("sliding-frames", 1...1_000_000)
        let isCentered = try section.flag("sliding-centered")
        let variance = try section.flag("sliding-variance")
        let least = try section.integer("sliding-minimum", 1...1_000_000)
        guard normalize == .sliding else {
            for key in RecipeShape.sliding where section.keys.contains(key) {
                throw section.error(key, "goes with features.normalize: sliding only")
            }
            return nil
        }
        return SlidingNormalization(
            frameCount: frames ?? 300, isCentered: isCentered ?? true, normalizesVariance: variance ?? false,
            leastFrameCount: least ?? 100)
    }

    private func check(_ parameters: FeatureParameters, _ section: RecipeSection) throws(RecipeError) {
        let word = parameters.normalize.rawValue
        switch (parameters.kind, parameters.normalize) {
        case (.raw, .frame), (.raw, .bin), (.raw, .dataset), (.raw, .maximum), (.raw, .frameRange),
            (.raw, .sliding):
            throw section.error(
                "normalize", "cannot be '\(word)' for raw waveforms; use rms or utterance")
        case (.raw, _): break
        case (_, .rms):
            throw section.error(
                "normalize",
                "cannot be 'rms' for \(parameters.kind.rawValue): that scales waveforms; use frame, utterance, bin or dataset"
            )
        case (_, .dataset) where parameters.embedding != nil:
            throw section.error("normalize", "cannot be 'dataset' with features.embed; leave it out")
        case (_, .dataset) where parameters.picture != nil:
            throw section.error(
                "normalize",
                "cannot be 'dataset' with features.resize: bins are gone when the dataset is known; use bin")
        default: break
        }
        guard (parameters.rms != nil) == (parameters.normalize == .rms) else {
            throw section.error(
                "rms",
                parameters.rms == nil
                    ? "is needed with features.normalize: rms" : "goes with features.normalize: rms only")
        }
    }

    /// Keys that the kind has no use for.
    private func refuseMeaningless(
        _ section: RecipeSection, _ kind: FeatureParameters.Kind
    ) throws(RecipeError) {
        let what: String
        let keys: [String]
        switch kind {
        case .raw:
            (what, keys) = (
                "raw waveforms", ["dialect"] + RecipeShape.fbank + RecipeShape.mfcc + RecipeShape.picture
            )
        case .fbank: (what, keys) = ("fbank", RecipeShape.mfcc)
        case .mfcc: (what, keys) = ("mfcc", [])
        case .spectrogram: (what, keys) = ("a spectrogram", RecipeShape.filters + RecipeShape.mfcc)
        }
        if let key = keys.first(where: { section.keys.contains($0) }) {
            throw section.error(key, "means nothing for \(what); remove it")
        }
    }
}

extension MatrixParameters {
    /// Where the frames lie.
    var framing: (window: Int, hop: Int, edges: FrameEdges) {
        switch self {
        case .fbank(let fbank): (fbank.windowSampleCount, fbank.hopSampleCount, fbank.edges)
        case .mfcc(let mfcc): (mfcc.fbank.windowSampleCount, mfcc.fbank.hopSampleCount, mfcc.fbank.edges)
        case .spectrogram(let it): (it.windowSampleCount, it.hopSampleCount, it.edges)
        }
    }
}
