/// Which energy of a frame is meant.
package enum EnergyRule: String, Codable, Sendable, CaseIterable {
    /// The sum of squares after DC removal, before pre-emphasis and window: Kaldi's `raw_energy = true`.
    case raw
    /// The sum of squares after pre-emphasis and window: Kaldi's `raw_energy = false`.
    case windowed
    /// The sum of the power spectrum's bins from 0 to half the sample rate: python_speech_features.
    case spectrum
}
