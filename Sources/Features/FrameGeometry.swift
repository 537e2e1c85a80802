/// Which sample of a waveform stands at which place of which frame.
struct FrameGeometry {
    let windowSampleCount: Int
    let hopSampleCount: Int
    let fftSize: Int
    let edges: FrameEdges

    /// Position of the frame's first sample; negative, or too near the end, where the frame leaves the waveform.
    func start(ofFrame frame: Int) -> Int {
        let position = frame * hopSampleCount
        switch edges {
        case .snip, .pad: return position
        case .mirror: return position + hopSampleCount / 2 - windowSampleCount / 2
        // The toolkits center the window in the FFT's length and the FFT's length on the sample.
        case .centerZero, .centerReflect: return position - fftSize / 2 + (fftSize - windowSampleCount) / 2
        }
    }

    /// The sample that stands at a position which may lie outside 0..<sampleCount; nil is a zero.
    func sampleIndex(at position: Int, sampleCount: Int) -> Int? {
        if position >= 0 && position < sampleCount { return position }
        switch edges {
        case .snip, .pad, .centerZero: return nil
        case .mirror:
            let folded = modulo(position, 2 * sampleCount)
            return folded < sampleCount ? folded : 2 * sampleCount - 1 - folded
        case .centerReflect:
            let period = max(2 * sampleCount - 2, 1)
            let folded = modulo(position, period)
            return folded < sampleCount ? folded : period - folded
        }
    }

    private func modulo(_ value: Int, _ period: Int) -> Int {
        let remainder = value % period
        return remainder < 0 ? remainder + period : remainder
    }
}
