extension FbankParameters {
    /// The parameters themselves, or the first reason why they cannot be computed.
    @discardableResult
    package func validated() throws(FeatureError) -> FbankParameters {
        for rule in [framing, filters, levels, combinations] {
            if let error = rule() { throw error }
        }
        return self
    }

    private func framing() -> FeatureError? {
        if sampleRate < 1 { return invalid("sampleRate", "is \(sampleRate) Hz but must be positive") }
        if windowSampleCount < 2 {
            return invalid("windowSampleCount", "is \(windowSampleCount) but must be at least 2")
        }
        if hopSampleCount < 1 {
            return invalid("hopSampleCount", "is \(hopSampleCount) but must be at least 1")
        }
        if fftSize < windowSampleCount || fftSize > Self.largestFFT {
            let range = "must lie between the window's \(windowSampleCount) and \(Self.largestFFT)"
            return invalid("fftSize", "is \(fftSize) but \(range)")
        }
        return nil
    }

    private func filters() -> FeatureError? {
        if melCount < 1 || melCount > Self.mostFilters {
            return invalid("melCount", "is \(melCount) but must lie between 1 and \(Self.mostFilters)")
        }
        guard lowHz >= 0, lowHz < highHz, highHz <= Double(sampleRate) / 2 else {
            let rule = "must satisfy 0 ≤ lowHz < highHz ≤ \(Double(sampleRate) / 2), half the sample rate"
            return invalid("lowHz and highHz", "are \(lowHz) and \(highHz) but \(rule)")
        }
        return nil
    }

    private func levels() -> FeatureError? {
        guard preEmphasis >= 0, preEmphasis <= 1 else {
            return invalid("preEmphasis", "is \(preEmphasis) but must lie between 0 and 1")
        }
        guard Self.isPositiveFloat(powerScale) else {
            return invalid("powerScale", "is \(powerScale) but must be a positive number")
        }
        guard Self.isPositiveFloat(scale) else {
            return invalid("scale", "is \(scale) but must be a positive number")
        }
        if let logOffset, !(logOffset >= 0 && Float(logOffset).isFinite) {
            return invalid("logOffset", "is \(logOffset) but must be 0 or more")
        }
        if let range = decibels?.range, !(range > 0) {
            return invalid("decibels", "have a range of \(range) but must have one above 0")
        }
        if let energyFloor, !Self.isPositiveFloat(energyFloor) {
            return invalid("energyFloor", "is \(energyFloor) but must be a positive 32-bit float")
        }
        guard Self.isPositiveFloat(logFloor) else {
            return invalid("logFloor", "is \(logFloor) but must be a positive 32-bit float")
        }
        return nil
    }

    private func combinations() -> FeatureError? {
        if dither != 0 {
            return .unsupported(parameter: "dither", advice: "leave it 0, so that builds repeat")
        }
        if energy && energyRule == nil {
            return invalid("energy", "needs an energyRule that says which energy it is")
        }
        if decibels != nil && !log { return invalid("decibels", "are logarithms: set log to true") }
        if melNorm == .slaney && filterShape != .linearHz {
            return invalid("melNorm", "slaney needs filterShape linearHz, not \(filterShape.rawValue)")
        }
        let mirrors = edges == .mirror || edges == .centerReflect
        if mirrors && preEmphasisScope == .signal && preEmphasis != 0 {
            return invalid("preEmphasisScope", "signal cannot be combined with edges \(edges.rawValue)")
        }
        return nil
    }

    private func invalid(_ parameter: String, _ reason: String) -> FeatureError {
        .invalidParameter(parameter: parameter, reason: reason)
    }

    private static func isPositiveFloat(_ value: Double) -> Bool {
        Float(value).isFinite && Float(value) >= Float.leastNormalMagnitude
    }

    private static var largestFFT: Int { 1 << 20 }
    private static var mostFilters: Int { 1 << 14 }
}
