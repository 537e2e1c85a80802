/// How a filter's triangle meets the bins of the FFT.
package enum FilterShape: String, Codable, Sendable, CaseIterable {
    /// Triangles that are straight over mel; the bin at half the sample rate is left out. Kaldi.
    case kaldiMel = "kaldi-mel"
    /// Triangles straight over whole bins ⌊(fftSize + 1) f / sampleRate⌋; a filter narrower than a bin is empty.
    /// python_speech_features.
    case roundedBins = "rounded-bins"
    /// Triangles straight over Hz. librosa, torchaudio.
    case linearHz = "linear-hz"
    /// No filters: every bin of the FFT for itself, as spectrograms are.
    case bins
}

/// The factor a filter's weights are multiplied with.
package enum MelNorm: String, Codable, Sendable, CaseIterable {
    /// 1: a triangle's peak is 1.
    case none
    /// 2 / (the triangle's width in Hz): its area is 1. librosa's default; with `FilterShape.linearHz` only.
    case slaney
}
