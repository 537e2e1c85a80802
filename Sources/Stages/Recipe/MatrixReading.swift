import Features

/// Reads what frames are turned into: a dialect's parameters with what the recipe says otherwise.
struct MatrixReading {
    let rate: Int
    let kind: FeatureParameters.Kind
    let dialect: FeatureParameters.Dialect

    /// Nil for raw waveforms.
    func read(
        _ section: inout RecipeSection, _ frame: inout RecipeSection
    ) throws(RecipeError) -> MatrixParameters? {
        let window = try duration("window", &frame)
        let hop = try duration("hop", &frame)
        let edges: FrameEdges? = try frame.choice("edges")
        guard kind != .raw else { return nil }
        guard let defaults = DialectDefaults(dialect, kind) else {
            throw section.error(
                "dialect",
                "'\(dialect.rawValue)' has filter banks only, no \(kind.rawValue); its convention for it is kaldi"
            )
        }
        let mels = try section.integer("mels", 1...4096) ?? defaults.mels
        var fbank = defaults.fbank(
            rate: rate, window: window ?? rate / 40, hop: hop ?? rate / 100, mels: mels,
            fft: try section.integer("fft", 2...1_048_576))
        try filters(&section, &fbank)
        try levels(&section, &fbank, defaults)
        if let edges { fbank.edges = edges }
        let matrix = try self.matrix(fbank, defaults, &section)
        do {
            try matrix.validated()
        } catch {
            throw RecipeError(place: section.place, message: RecipeKeys.spoken("\(error)"))
        }
        return matrix
    }

    private func duration(_ key: String, _ frame: inout RecipeSection) throws(RecipeError) -> Int? {
        let value = try frame.samples(key, rate: rate)
        if value == 0 { throw frame.error(key, "must be longer than nothing") }
        return value
    }

    private func filters(_ section: inout RecipeSection, _ fbank: inout FbankParameters) throws(RecipeError) {
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
        if let value: FilterShape = try section.choice("filters") {
            guard value != .bins else {
                throw section.error("filters", "cannot be 'bins'; use features.kind: spectrogram")
            }
            fbank.filterShape = value
        }
        if let value = try section.number("scale", 1e-6...1e9) { fbank.scale = value }
        if let value: Spectrum = try section.choice("spectrum") {
            fbank.spectrum = value == .power ? nil : value
            // python_speech_features divides powers by the FFT's size, never magnitudes.
            if value == .magnitude && dialect == .psf { fbank.powerScale = 1 }
        }
        if let value = try section.number("power-scale", 1e-9...1e9) { fbank.powerScale = value }
        if let value = try section.number("dither", 0...1e6) { fbank.dither = value }
    }

    private enum Values: String, CaseIterable { case linear, log, db }

    /// What scale values are on.
    private func levels(
        _ section: inout RecipeSection, _ fbank: inout FbankParameters, _ defaults: DialectDefaults
    ) throws(RecipeError) {
        if let log = try section.flag("log") {
            if section.keys.contains("values") {
                throw section.error("log", "and features.values say the same; keep one")
            }
            fbank.log = log
            if !log { fbank.decibels = nil }
        }
        if let values: Values = try section.choice("values") {
            fbank.log = values != .linear
            fbank.decibels = values == .db ? fbank.decibels ?? Decibels() : nil
            // librosa's floors: 1e-10 of a power, 1e-5 of a magnitude.
            if values == .db { fbank.logFloor = fbank.spectrum == .magnitude ? 1e-5 : 1e-10 }
        }
        if section.keys.contains("reference"), fbank.decibels == nil {
            throw section.error("reference", "goes with features.values: db")
        }
        if let text = try section.text("reference") {
            guard text == "max" || Double(text) != nil else {
                throw section.error(
                    "reference",
                    "is the power or magnitude of 0 dB, or max for each example's largest, not '\(text)'")
            }
            fbank.decibels?.isReferenceLargest = text == "max" ? true : nil
            if text != "max", let value = try section.number("reference", 1e-30...1e30) {
                fbank.decibels?.reference = value
            }
        }
        if section.keys.contains("top-db"), fbank.decibels == nil {
            throw section.error("top-db", "goes with features.values: db")
        }
        if let text = try section.text("top-db") {
            fbank.decibels?.range = text == "none" ? nil : try section.number("top-db", 0.001...1000)
        }
        if let value = try section.number("log-floor", 0...1e10) { fbank.logFloor = value }
        if let value = try section.number("log-offset", 0...1e10) {
            fbank.logOffset = value == 0 ? nil : value
        }
        if let value: FloorRule = try section.choice("floor-rule") { fbank.floorRule = value }
    }

    private func matrix(
        _ found: FbankParameters, _ defaults: DialectDefaults, _ section: inout RecipeSection
    ) throws(RecipeError) -> MatrixParameters {
        var fbank = found
        let energy = try energy(&section, defaults)
        if let floor = try section.number("energy-floor", 0...1e10) {
            guard energy != nil else { throw section.error("energy-floor", "goes with features.energy") }
            fbank.energyFloor = floor == 0 ? nil : floor
        }
        switch kind {
        case .spectrogram:
            fbank.energyRule = energy
            return .spectrogram(SpectrogramParameters(fbank))
        case .mfcc: return .mfcc(try cepstra(fbank, energy, defaults, &section))
        case .fbank, .raw:
            fbank.energy = energy != nil
            fbank.energyRule = energy
            return .fbank(fbank)
        }
    }

    /// `true` is the dialect's energy.
    private func energy(
        _ section: inout RecipeSection, _ defaults: DialectDefaults
    ) throws(RecipeError) -> EnergyRule? {
        guard let text = try section.text("energy") else { return defaults.energy }
        switch text {
        case "false", "no": return nil
        case "true", "yes": return defaults.energyRule
        default:
            guard let rule: EnergyRule = try section.choice("energy") else { return nil }
            return rule
        }
    }

    private func cepstra(
        _ fbank: FbankParameters, _ energy: EnergyRule?, _ defaults: DialectDefaults,
        _ section: inout RecipeSection
    ) throws(RecipeError) -> MFCCParameters {
        let deltas = try section.integer("deltas", 0...2) ?? 0
        let form = try deltaForm(&section, deltas)
        var cepstra = MFCCParameters(
            fbank: fbank,
            coefficientCount: try section.integer("coefficients", 1...4096)
                ?? min(defaults.coefficients, fbank.melCount),
            transformNorm: try section.choice("dct-norm") ?? .ortho,
            lifter: try section.number("lifter", 0...1e6) ?? defaults.lifter,
            lifterForm: try section.choice("lifter-form") ?? defaults.lifterForm, energy: energy,
            deltas: deltas,
            // librosa's width of 9 frames, the others' of 5.
            deltaWindow: try section.integer("delta-window", 1...100) ?? (form == nil ? 2 : 4))
        let type = try section.integer("dct-type", 1...3)
        cepstra.transformType = type == 2 ? nil : type
        cepstra.deltaForm = form
        return cepstra
    }

    /// Nil for Kaldi's.
    private func deltaForm(
        _ section: inout RecipeSection, _ deltas: Int
    ) throws(RecipeError) -> Deltas.Form? {
        let form: Deltas.Form? = try section.choice("delta-form")
        guard deltas > 0 else {
            if form != nil { throw section.error("delta-form", "goes with features.deltas: 1 or 2") }
            return nil
        }
        let found = form ?? (dialect == .librosa ? .librosa : .kaldi)
        return found == .kaldi ? nil : found
    }
}
