/// Single frames in double precision, as they go into an FFT. Made once for a worker; loading allocates nothing.
struct DoubleFrame {
    /// How far on the way from waveform to FFT a frame is taken.
    enum Depth {
        /// After DC removal.
        case raw
        /// After pre-emphasis and window too.
        case windowed
    }

    private(set) var samples: [Double]
    private let parameters: FbankParameters
    private let reader: SampleReader
    private let window: [Double]

    init(_ parameters: FbankParameters) {
        self.parameters = parameters
        let geometry = FrameGeometry(
            windowSampleCount: parameters.windowSampleCount, hopSampleCount: parameters.hopSampleCount,
            fftSize: parameters.fftSize, edges: parameters.edges)
        reader = SampleReader(geometry: geometry, scale: parameters.scale)
        window = parameters.window.values(count: parameters.windowSampleCount)
        samples = Array(repeating: 0, count: parameters.windowSampleCount)
    }

    mutating func load(_ waveform: Span<Float>, frame number: Int, to depth: Depth) {
        // Copies, because a span of a part of this value keeps all of it.
        let (parameters, reader, window) = (parameters, reader, window)
        let emphasis = depth == .raw ? 0 : parameters.preEmphasis
        var frame = samples.mutableSpan
        reader.read(
            waveform, number, parameters.preEmphasisScope == .signal ? emphasis : 0, &frame)
        if parameters.removeDC {
            let mean = Self.sum(frame.span) / Double(frame.count)
            for offset in 0..<frame.count { frame[offset] -= mean }
        }
        guard depth == .windowed else { return }
        let emphasizes = parameters.preEmphasisScope == .frame && emphasis != 0
        var before = frame[0]
        for offset in 0..<frame.count {
            let value = frame[offset]
            frame[offset] = (emphasizes ? value - emphasis * before : value) * window[offset]
            before = value
        }
    }

    /// The sum of the samples' squares.
    var energy: Double {
        var parts = (0.0, 0.0, 0.0, 0.0)
        let frame = samples.span
        for offset in stride(from: 0, to: frame.count - 3, by: 4) {
            parts.0 += frame[offset] * frame[offset]
            parts.1 += frame[offset + 1] * frame[offset + 1]
            parts.2 += frame[offset + 2] * frame[offset + 2]
            parts.3 += frame[offset + 3] * frame[offset + 3]
        }
        for offset in frame.count / 4 * 4..<frame.count { parts.0 += frame[offset] * frame[offset] }
        return (parts.0 + parts.1) + (parts.2 + parts.3)
    }

    /// In four parts, which need not wait for each other.
    private static func sum(_ frame: Span<Double>) -> Double {
        var parts = (0.0, 0.0, 0.0, 0.0)
        for offset in stride(from: 0, to: frame.count - 3, by: 4) {
            parts.0 += frame[offset]
            parts.1 += frame[offset + 1]
            parts.2 += frame[offset + 2]
            parts.3 += frame[offset + 3]
        }
        for offset in frame.count / 4 * 4..<frame.count { parts.0 += frame[offset] }
        return (parts.0 + parts.1) + (parts.2 + parts.3)
    }
}

/// Samples of frames as doubles, in the unit that `scale` makes.
private struct SampleReader {
    let geometry: FrameGeometry
    let scale: Double

    /// The samples, pre-emphasized over the signal where `emphasis` is not 0. Zeros follow the pre-emphasis; the first
    /// sample of all is kept.
    func read(
        _ waveform: Span<Float>, _ number: Int, _ emphasis: Double, _ frame: inout MutableSpan<Double>
    ) {
        let start = geometry.start(ofFrame: number)
        if start > 0 && start + frame.count <= waveform.count {
            for offset in 0..<frame.count { frame[offset] = Double(waveform[start + offset]) * scale }
        } else {
            for offset in 0..<frame.count { frame[offset] = sample(waveform, start + offset) }
        }
        guard emphasis != 0 else { return }
        var before = start > 0 ? sample(waveform, start - 1) : 0
        for offset in 0..<min(frame.count, waveform.count - start) {
            let value = frame[offset]
            frame[offset] = value - emphasis * before
            before = value
        }
    }

    private func sample(_ waveform: Span<Float>, _ position: Int) -> Double {
        geometry.sampleIndex(at: position, sampleCount: waveform.count)
            .map { Double(waveform[$0]) * scale } ?? 0
    }
}
