/// Where frames lie at the two ends of a waveform of n samples, for windows of W samples every H samples.
package enum FrameEdges: String, Codable, Sendable, CaseIterable {
    /// Whole frames only: 1 + ⌊(n−W)/H⌋, none if n < W. Kaldi's `snip_edges = true`.
    case snip
    /// The last frame is completed with zeros: 1 + ⌈(n−W)/H⌉, one if n ≤ W. python_speech_features, whose zeros follow
    /// the pre-emphasis.
    case pad
    /// Frame t is centered on sample tH + H/2 and the waveform is mirrored, its end samples repeated: ⌊(n + H/2)/H⌋.
    /// Kaldi's `snip_edges = false`.
    case mirror
    /// Frame t is centered on sample tH, zeros outside: 1 + ⌊n/H⌋. librosa.
    case centerZero = "center-zero"
    /// Frame t is centered on sample tH and the waveform is reflected, its end samples not repeated: 1 + ⌊n/H⌋.
    /// torchaudio.
    case centerReflect = "center-reflect"
}

/// How many frames a waveform has; 0 for an empty waveform under every rule.
package func frameCount(
    sampleCount: Int, windowSampleCount: Int, hopSampleCount: Int, edges: FrameEdges
) -> Int {
    precondition(
        sampleCount >= 0 && windowSampleCount >= 1 && hopSampleCount >= 1,
        "frameCount: \(sampleCount) samples, window \(windowSampleCount), hop \(hopSampleCount)")
    guard sampleCount > 0 else { return 0 }
    let beyondFirst = sampleCount - windowSampleCount
    switch edges {
    case .snip: return beyondFirst < 0 ? 0 : 1 + beyondFirst / hopSampleCount
    case .pad: return beyondFirst <= 0 ? 1 : 1 + (beyondFirst + hopSampleCount - 1) / hopSampleCount
    case .mirror: return (sampleCount + hopSampleCount / 2) / hopSampleCount
    case .centerZero, .centerReflect: return 1 + sampleCount / hopSampleCount
    }
}
