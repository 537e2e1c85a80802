internal import Foundation

/// The taper a frame is multiplied with before its FFT.
///
/// With x = 2πi/(N−1) the window of N samples is symmetric (Kaldi, `numpy.hanning`); with x = 2πi/N it is periodic
/// (librosa, torchaudio).
package enum AnalysisWindow: String, Codable, Sendable, CaseIterable {
    /// Symmetric (0.5 − 0.5 cos x)^0.85, Kaldi's default.
    case povey
    /// Symmetric 0.5 − 0.5 cos x, Kaldi's `hanning`.
    case hann
    /// Symmetric 0.54 − 0.46 cos x.
    case hamming
    /// All ones, the default of python_speech_features.
    case rectangular
    /// Symmetric 0.42 − 0.5 cos x + 0.08 cos 2x.
    case blackman
    /// Periodic 0.5 − 0.5 cos x.
    case hannPeriodic = "hann-periodic"
    /// Periodic 0.54 − 0.46 cos x.
    case hammingPeriodic = "hamming-periodic"

    /// The window's values, computed in double precision.
    func values(count: Int) -> [Double] {
        let period = isPeriodic ? count : count - 1
        return (0..<count).map { value(atAngle: 2 * .pi * Double($0) / Double(period)) }
    }

    private var isPeriodic: Bool { self == .hannPeriodic || self == .hammingPeriodic }

    private func value(atAngle x: Double) -> Double {
        switch self {
        case .povey: pow(0.5 - 0.5 * cos(x), 0.85)
        case .hann, .hannPeriodic: 0.5 - 0.5 * cos(x)
        case .hamming, .hammingPeriodic: 0.54 - 0.46 * cos(x)
        case .rectangular: 1
        case .blackman: 0.42 - 0.5 * cos(x) + 0.08 * cos(2 * x)
        }
    }
}
