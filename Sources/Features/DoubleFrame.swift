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
    private let geometry: FrameGeometry
    private let window: [Double]

    init(_ parameters: FbankParameters) {
        self.parameters = parameters
        geometry = FrameGeometry(
            windowSampleCount: parameters.windowSampleCount, hopSampleCount: parameters.hopSampleCount,
            fftSize: parameters.fftSize, edges: parameters.edges)
        window = parameters.window.values(count: parameters.windowSampleCount)
        samples = Array(repeating: 0, count: parameters.windowSampleCount)
    }

    mutating func load(_ waveform: Span<Float>, frame number: Int, to depth: Depth) {
        let start = geometry.start(ofFrame: number)
        let emphasis = parameters.preEmphasis
        let overSignal = parameters.preEmphasisScope == .signal && emphasis != 0 && depth != .raw
        for offset in samples.indices {
            let value = sample(waveform, start + offset)
            // Zeros follow the pre-emphasis; the first sample of all is kept.
            let isInside = !overSignal || (start + offset < waveform.count && start + offset > 0)
            samples[offset] =
                overSignal && isInside ? value - emphasis * sample(waveform, start + offset - 1) : value
        }
        if parameters.removeDC {
            let mean = samples.reduce(0, +) / Double(samples.count)
            for offset in samples.indices { samples[offset] -= mean }
        }
        guard depth != .raw else { return }
        if parameters.preEmphasisScope == .frame && emphasis != 0 {
            for offset in samples.indices.reversed() {
                samples[offset] -= emphasis * samples[max(offset - 1, 0)]
            }
        }
        for offset in samples.indices { samples[offset] *= window[offset] }
    }

    private func sample(_ waveform: Span<Float>, _ position: Int) -> Double {
        if position >= 0 && position < waveform.count { return Double(waveform[position]) * parameters.scale }
        return geometry.sampleIndex(at: position, sampleCount: waveform.count)
            .map { Double(waveform[$0]) * parameters.scale } ?? 0
    }
}
