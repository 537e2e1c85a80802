/// Everything that shapes a spectrogram: fftSize / 2 + 1 bins a frame, evenly spaced from 0 Hz to half the sample rate.
package struct SpectrogramParameters: Codable, Hashable, Sendable {
    /// Hz.
    package var sampleRate: Int
    /// In samples, at most `fftSize`.
    package var windowSampleCount: Int
    package var hopSampleCount: Int
    package var fftSize: Int
    package var window: AnalysisWindow
    /// c in x[i] − c·x[i−1]; 0 is no pre-emphasis.
    package var preEmphasis: Double
    package var preEmphasisScope: PreEmphasisScope
    package var removeDC: Bool
    package var spectrum: Spectrum
    /// Factor of |FFT|² or |FFT|.
    package var powerScale: Double
    /// Natural logarithm; otherwise values stay linear.
    package var log: Bool
    package var logFloor: Double
    package var floorRule: FloorRule
    /// Decibels in place of natural logarithms.
    package var decibels: Decibels?
    /// Factor of the waveform, which is −1…1.
    package var scale: Double
    /// The frame's energy in place of bin 0, as Kaldi's spectrogram has it; nil keeps bin 0.
    package var energy: EnergyRule?
    package var edges: FrameEdges
    /// Added to every value before the logarithm: lhotse's ln(x + 1e-15). Nil is nothing.
    package var logOffset: Double?
    /// The least `energy`, above `logFloor`, in the same unit: Kaldi's `energy_floor`. Nil is none.
    package var energyFloor: Double?

    package var binCount: Int { fftSize / 2 + 1 }

    /// What the framing and level of filter banks would be, with a parameter of their own for each of these.
    package init(_ fbank: FbankParameters) {
        sampleRate = fbank.sampleRate
        windowSampleCount = fbank.windowSampleCount
        hopSampleCount = fbank.hopSampleCount
        fftSize = fbank.fftSize
        window = fbank.window
        preEmphasis = fbank.preEmphasis
        preEmphasisScope = fbank.preEmphasisScope
        removeDC = fbank.removeDC
        spectrum = fbank.spectrum ?? .power
        powerScale = fbank.powerScale
        log = fbank.log
        logFloor = fbank.logFloor
        floorRule = fbank.floorRule
        decibels = fbank.decibels
        scale = fbank.scale
        energy = fbank.energyRule
        edges = fbank.edges
        logOffset = fbank.logOffset
        energyFloor = fbank.energyFloor
    }

    /// The same as filter banks whose filters are single bins.
    var fbank: FbankParameters {
        FbankParameters(
            sampleRate: sampleRate, windowSampleCount: windowSampleCount, hopSampleCount: hopSampleCount,
            fftSize: fftSize, window: window, preEmphasis: preEmphasis, preEmphasisScope: preEmphasisScope,
            removeDC: removeDC, melCount: binCount, lowHz: 0, highHz: Double(sampleRate) / 2,
            melFormula: .kaldi, melNorm: .none, filterShape: .bins, powerScale: powerScale, log: log,
            logFloor: logFloor, floorRule: floorRule, scale: scale, energy: false, edges: edges, dither: 0,
            spectrum: spectrum, logOffset: logOffset, decibels: decibels,
            energyFloor: energyFloor)
    }

    /// The parameters themselves, or the first reason why they cannot be computed.
    @discardableResult
    package func validated() throws(FeatureError) -> SpectrogramParameters {
        try fbank.validated()
        return self
    }
}
