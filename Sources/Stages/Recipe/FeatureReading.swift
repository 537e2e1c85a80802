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
        let window = try frame.samples("window", rate: rate)
        let hop = try frame.samples("hop", rate: rate)
        var fbank = try self.fbank(&section, dialect, window: window, hop: hop, frame: frame, kind: kind)
        let edges: FrameEdges? = try frame.choice("edges")
        if let edges { fbank.edges = edges }
        if kind == .fbank { try validate(fbank, section) }
        let parameters = FeatureParameters(
            kind: kind, dialect: kind == .fbank ? dialect : nil,
            dtype: try section.choice("dtype") ?? .float32,
            normalize: try section.choice("normalize") ?? .none, rms: try section.number("rms", 1e-6...1),
            fbank: kind == .fbank ? fbank : nil)
        try check(parameters, section)
        try section.finish()
        return (try self.frame(&frame, fbank, kind), parameters)
    }

    private func frame(
        _ section: inout RecipeSection, _ fbank: FbankParameters, _ kind: FeatureParameters.Kind
    ) throws(RecipeError) -> FrameParameters {
        let length = try section.samples("length", rate: rate)
        let parameters = FrameParameters(
            window: kind == .fbank ? fbank.windowSampleCount : 1,
            hop: kind == .fbank ? fbank.hopSampleCount : 1,
            edges: kind == .fbank ? fbank.edges : .snip, group: try section.integer("group", 1...1_000_000),
            length: length, every: try section.samples("every", rate: rate) ?? length,
            trim: try section.samples("trim", rate: rate) ?? 0,
            minimum: try section.samples("minimum", rate: rate) ?? 0,
            tail: try section.choice("tail") ?? .drop,
            limit: try section.choice("limit") ?? .inclusive)
        if parameters.group != nil && parameters.length != nil {
            throw section.error(
                "group", "and frame.length exclude each other: an example is so many frames, or so long")
        }
        if parameters.group != nil && kind == .raw {
            throw section.error("group", "counts frames, and raw waveforms have none; use frame.length")
        }
        if parameters.length == nil && parameters.every != nil {
            throw section.error("every", "says from start to start of cuts; give their frame.length too")
        }
        if let length, length <= 0 { throw section.error("length", "must be longer than nothing") }
        if let every = parameters.every, every <= 0 {
            throw section.error("every", "must be longer than nothing")
        }
        if let length, kind == .fbank, length < parameters.window {
            throw section.error(
                "length", "is \(length) samples, shorter than one window of \(parameters.window)")
        }
        try section.finish()
        return parameters
    }

    private func fbank(
        _ section: inout RecipeSection, _ dialect: FeatureParameters.Dialect, window: Int?, hop: Int?,
        frame: RecipeSection, kind: FeatureParameters.Kind
    ) throws(RecipeError) -> FbankParameters {
        for (key, value) in [("window", window), ("hop", hop)] where value == 0 {
            throw frame.error(key, "must be longer than nothing")
        }
        let mels = try section.integer("mels", 1...4096) ?? 80
        let window = window ?? rate / 40
        let hop = hop ?? rate / 100
        let fft = try section.integer("fft", 2...1_048_576)
        var fbank = defaults(dialect, window: window, hop: hop, mels: mels, fft: fft)
        if let value: AnalysisWindow = try section.choice("window") { fbank.window = value }
        if let value = try section.number("preemphasis", 0...1) { fbank.preEmphasis = value }
        if let value: PreEmphasisScope = try section.choice("preemphasis-over") {
            fbank.preEmphasisScope = value
        }
        if let value = try section.flag("remove-dc") { fbank.removeDC = value }
        if let value = try section.hertz("low") { fbank.lowHz = value }
        if let value = try section.hertz("high") { fbank.highHz = value }
        if let value: MelFormula = try section.choice("mel-formula") { fbank.melFormula = value }
        if let value: MelNorm = try section.choice("mel-norm") { fbank.melNorm = value }
        if let value: FilterShape = try section.choice("filters") { fbank.filterShape = value }
        if let value = try section.flag("log") { fbank.log = value }
        if let value = try section.number("log-floor", 0...1e10) { fbank.logFloor = value }
        if let value: FloorRule = try section.choice("floor-rule") { fbank.floorRule = value }
        if let value = try section.number("scale", 1e-6...1e9) { fbank.scale = value }
        if let value = try section.number("power-scale", 1e-9...1e9) { fbank.powerScale = value }
        if let value = try section.flag("energy") { fbank.energy = value }
        if let value = try section.number("dither", 0...1e6) { fbank.dither = value }
        return fbank
    }

    /// All parameters of a toolkit's convention.
    private func defaults(
        _ dialect: FeatureParameters.Dialect, window: Int, hop: Int, mels: Int, fft: Int?
    ) -> FbankParameters {
        let size = fft ?? FeatureReading.powerOfTwo(atLeast: window)
        switch dialect {
        case .kaldi:
            var kaldi = FbankParameters.kaldi(
                sampleRate: rate, windowSampleCount: window, hopSampleCount: hop, melCount: mels)
            kaldi.fftSize = size
            return kaldi
        case .psf:
            return .psf(
                sampleRate: rate, windowSampleCount: window, hopSampleCount: hop, melCount: mels,
                fftSize: fft ?? max(512, size))
        case .librosa:
            return .librosa(
                sampleRate: rate, windowSampleCount: window, hopSampleCount: hop, melCount: mels,
                fftSize: size)
        case .torchaudio:
            return .torchaudio(
                sampleRate: rate, windowSampleCount: window, hopSampleCount: hop, melCount: mels,
                fftSize: size)
        }
    }

    private static func powerOfTwo(atLeast count: Int) -> Int {
        var size = 1
        while size < count { size *= 2 }
        return size
    }

    private func validate(_ fbank: FbankParameters, _ section: RecipeSection) throws(RecipeError) {
        do {
            try fbank.validated()
        } catch {
            throw RecipeError(place: section.place, message: RecipeKeys.spoken("\(error)"))
        }
    }

    private func check(_ parameters: FeatureParameters, _ section: RecipeSection) throws(RecipeError) {
        switch (parameters.kind, parameters.normalize) {
        case (.raw, .frame), (.raw, .bin), (.raw, .dataset):
            throw section.error(
                "normalize",
                "cannot be '\(parameters.normalize.rawValue)' for raw waveforms; use rms or utterance")
        case (.fbank, .rms):
            throw section.error(
                "normalize",
                "cannot be 'rms' for fbank: that scales waveforms; use frame, utterance, bin or dataset")
        default: break
        }
        guard (parameters.rms != nil) == (parameters.normalize == .rms) else {
            throw section.error(
                "rms",
                parameters.rms == nil
                    ? "is needed with features.normalize: rms" : "goes with features.normalize: rms only")
        }
        if parameters.kind == .raw,
            let key = (["dialect"] + RecipeShape.fbank).first(where: { section.keys.contains($0) })
        {
            throw section.error(key, "means nothing for raw waveforms; remove it")
        }
    }
}
