/// Over what x[i] − c·x[i−1] runs.
package enum PreEmphasisScope: String, Codable, Sendable, CaseIterable {
    /// Inside each frame, after DC removal; its first sample x becomes x − c·x. Kaldi.
    case frame
    /// Over the whole waveform, before framing; its first sample is kept. python_speech_features.
    case signal
}

/// What happens to an energy that is too small for a logarithm.
package enum FloorRule: String, Codable, Sendable, CaseIterable {
    /// Before the logarithm, energies below the floor are raised to it. Linear energies stay. Kaldi.
    case raise
    /// An energy that is exactly zero becomes the floor, with and without logarithm. python_speech_features.
    case replaceZero = "replace-zero"
}
