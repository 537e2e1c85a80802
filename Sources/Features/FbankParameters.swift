/// Everything that shapes filter-bank energies, nothing implied: two equal values give the same bytes.
///
/// Start from a dialect (`kaldi`, `psf`, `librosa` …) and change what differs.
package struct FbankParameters: Codable, Hashable, Sendable {
    /// Hz.
    package var sampleRate: Int
    /// Length of a frame in samples, at most `fftSize`.
    package var windowSampleCount: Int
    /// From the start of a frame to the start of the next, in samples.
    package var hopSampleCount: Int
    /// Length of the FFT in samples; frames are completed with zeros. Powers of two from 64 to 4096 are fast.
    package var fftSize: Int
    package var window: AnalysisWindow
    /// c in x[i] − c·x[i−1]; 0 is no pre-emphasis.
    package var preEmphasis: Double
    package var preEmphasisScope: PreEmphasisScope
    /// Whether each frame's mean is subtracted; before pre-emphasis within a frame, after one over the signal.
    package var removeDC: Bool
    /// Number of filters, the coefficients of a frame.
    package var melCount: Int
    /// Lower edge of the first filter.
    package var lowHz: Double
    /// Upper edge of the last filter, at most half the sample rate.
    package var highHz: Double
    package var melFormula: MelFormula
    package var melNorm: MelNorm
    package var filterShape: FilterShape
    /// Factor of |FFT|²: 1, or 1/fftSize as in python_speech_features.
    package var powerScale: Double
    /// Natural logarithm of the energies; otherwise they stay linear.
    package var log: Bool
    /// The floor, applied as `floorRule` says to energies in the unit that `scale` makes.
    package var logFloor: Double
    package var floorRule: FloorRule
    /// Factor of the waveform, which is −1…1: 32768 gives the range of 16-bit integers that Kaldi works in.
    package var scale: Double
    /// The frame's energy as one more coefficient, the first; logarithmic as the others are.
    package var energy: Bool
    package var edges: FrameEdges
    /// Amplitude of added noise; only 0 is possible, so that the same input gives the same bytes.
    package var dither: Double
    /// What of the spectrum the filters add up; nil is `power`.
    package var spectrum: Spectrum? = nil
    /// Added to every energy before the logarithm: VGGish's ln(x + 0.01). Nil is nothing.
    package var logOffset: Double? = nil
    /// What `energy` is; nil where there is none.
    package var energyRule: EnergyRule? = nil
    /// Decibels in place of natural logarithms, which `log` must be set for. Nil is none.
    package var decibels: Decibels? = nil
    /// The least `energy`, above `logFloor`, in the same unit: Kaldi's `energy_floor`. Nil is none.
    package var energyFloor: Double? = nil
}
