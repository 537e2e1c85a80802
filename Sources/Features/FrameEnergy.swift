internal import Foundation

/// The energy of single frames, in double precision. Made once for a worker; computing allocates nothing.
struct FrameEnergy {
    private let parameters: FbankParameters
    private let rule: EnergyRule
    private let geometry: FrameGeometry
    private let window: [Double]
    private var frame: [Double]

    init(_ parameters: FbankParameters, rule: EnergyRule) {
        self.parameters = parameters
        self.rule = rule
        geometry = FrameGeometry(
            windowSampleCount: parameters.windowSampleCount, hopSampleCount: parameters.hopSampleCount,
            fftSize: parameters.fftSize, edges: parameters.edges)
        window = parameters.window.values(count: parameters.windowSampleCount)
        frame = Array(repeating: 0, count: parameters.windowSampleCount)
    }

    /// The energy of a frame, floored and logarithmic as the parameters say of energies.
    mutating func value(_ waveform: Span<Float>, frame number: Int) -> Float {
        load(waveform, number)
        let energy = rule == .spectrum ? spectrum() * parameters.powerScale : frame.reduce(0) { $0 + $1 * $1 }
        switch parameters.floorRule {
        case .replaceZero where energy == 0: return leveled(parameters.logFloor)
        case .raise where parameters.log: return leveled(max(energy, parameters.logFloor))
        default: return leveled(energy)
        }
    }

    private func leveled(_ energy: Double) -> Float { Float(parameters.log ? log(energy) : energy) }

    private mutating func load(_ waveform: Span<Float>, _ number: Int) {
        let start = geometry.start(ofFrame: number)
        let emphasis = parameters.preEmphasis
        let overSignal = parameters.preEmphasisScope == .signal && emphasis != 0 && rule != .raw
        for offset in frame.indices {
            let value = sample(waveform, start + offset)
            // Zeros follow the pre-emphasis; the first sample of all is kept.
            let isInside = !overSignal || (start + offset < waveform.count && start + offset > 0)
            frame[offset] =
                overSignal && isInside ? value - emphasis * sample(waveform, start + offset - 1) : value
        }
        if parameters.removeDC {
            let mean = frame.reduce(0, +) / Double(frame.count)
            for offset in frame.indices { frame[offset] -= mean }
        }
        guard rule != .raw else { return }
        if parameters.preEmphasisScope == .frame {
            for offset in frame.indices.reversed() { frame[offset] -= emphasis * frame[max(offset - 1, 0)] }
        }
        for offset in frame.indices { frame[offset] *= window[offset] }
    }

    private func sample(_ waveform: Span<Float>, _ position: Int) -> Double {
        geometry.sampleIndex(at: position, sampleCount: waveform.count)
            .map { Double(waveform[$0]) * parameters.scale } ?? 0
    }

    /// Σ |X_k|² for k = 0 … N/2, by Parseval's theorem: half of N Σ x² and of the two bins that have no mirror image.
    private func spectrum() -> Double {
        var (squares, sum, alternating) = (0.0, 0.0, 0.0)
        for (offset, value) in frame.enumerated() {
            squares += value * value
            sum += value
            alternating += offset % 2 == 0 ? value : -value
        }
        let whole = Double(parameters.fftSize) * squares + sum * sum
        return (parameters.fftSize % 2 == 0 ? whole + alternating * alternating : whole) / 2
    }
}
