internal import Foundation

/// The frequency scale on which filters are spaced.
package enum MelFormula: String, Codable, Sendable, CaseIterable {
    /// 1127 ln(1 + f/700).
    case kaldi
    /// 2595 log₁₀(1 + f/700): the same scale up to a constant factor, rounded as HTK, python_speech_features do.
    case htk
    /// Linear below 1000 Hz, logarithmic above (Slaney's Auditory Toolbox; librosa's default).
    case slaney

    func mel(hz: Double) -> Double {
        switch self {
        case .kaldi: 1127 * log(1 + hz / 700)
        case .htk: 2595 * log10(1 + hz / 700)
        case .slaney: hz < 1000 ? hz * 3 / 200 : 15 + log(hz / 1000) * Self.slaneyStepsPerLog
        }
    }

    func hz(mel: Double) -> Double {
        switch self {
        case .kaldi: 700 * (exp(mel / 1127) - 1)
        case .htk: 700 * (pow(10, mel / 2595) - 1)
        case .slaney: mel < 15 ? mel * 200 / 3 : 1000 * exp((mel - 15) / Self.slaneyStepsPerLog)
        }
    }

    private static var slaneyStepsPerLog: Double { 27 / log(6.4) }
}
