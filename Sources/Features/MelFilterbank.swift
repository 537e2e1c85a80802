/// A bank of triangular filters over the bins of an FFT, each kept as its run of nonzero weights, completed to a multiple
/// of four by weights of 0 on its last bin.
struct MelFilterbank {
    /// Weights of each filter.
    private(set) var lengths: [Int32] = []
    /// Filter after filter.
    private(set) var weights: [Float] = []
    /// The bin of each weight.
    private(set) var bins: [Int32] = []
    /// Filters between two bins, which hear nothing.
    private(set) var emptyCount = 0

    /// `gain` is multiplied into every weight. Weights are computed in double precision and rounded once.
    init(_ parameters: FbankParameters, gain: Double) {
        guard parameters.filterShape != .bins else {
            for bin in 0..<parameters.melCount {
                lengths.append(4)
                weights += [Float(gain), 0, 0, 0]
                bins += [Int32](repeating: Int32(bin), count: 4)
            }
            return
        }
        let edges = Self.melEdges(parameters)
        for filter in 0..<parameters.melCount {
            let triangle = Array(edges[filter...filter + 2])
            append(Self.weights(triangle, parameters), gain: gain)
        }
    }

    private static func weights(_ triangle: [Double], _ parameters: FbankParameters) -> [Double] {
        switch parameters.filterShape {
        case .kaldiMel: overMel(triangle, parameters)
        case .roundedBins: overBins(triangle, parameters)
        case .linearHz, .bins: overHz(triangle, parameters)
        }
    }

    /// melCount + 2 points evenly spaced in mel.
    private static func melEdges(_ parameters: FbankParameters) -> [Double] {
        let low = parameters.melFormula.mel(hz: parameters.lowHz)
        let high = parameters.melFormula.mel(hz: parameters.highHz)
        let step = (high - low) / Double(parameters.melCount + 1)
        return (0..<parameters.melCount + 1).map { low + Double($0) * step } + [high]
    }

    private mutating func append(_ triangle: [Double], gain: Double) {
        let first = triangle.firstIndex { $0 != 0 } ?? 0
        if !triangle.contains(where: { $0 != 0 }) { emptyCount += 1 }
        let last = triangle.lastIndex { $0 != 0 } ?? 0
        // An empty filter still reads bin 0, times 0, so that a NaN in the frame shows in it.
        let length = (last - first + 4) / 4 * 4
        lengths.append(Int32(length))
        for bin in first..<first + length {
            weights.append(bin <= last ? Float(triangle[bin] * gain) : 0)
            bins.append(Int32(min(bin, last)))
        }
    }

    private static func overMel(_ edges: [Double], _ parameters: FbankParameters) -> [Double] {
        (0..<parameters.fftSize / 2).map { bin in
            let mel = parameters.melFormula.mel(hz: frequency(ofBin: bin, parameters))
            return height(at: mel, edges)
        }
    }

    private static func overHz(_ edges: [Double], _ parameters: FbankParameters) -> [Double] {
        let corners = edges.map(parameters.melFormula.hz(mel:))
        let norm = parameters.melNorm == .slaney ? 2 / (corners[2] - corners[0]) : 1
        return (0...parameters.fftSize / 2).map {
            height(at: frequency(ofBin: $0, parameters), corners) * norm
        }
    }

    private static func overBins(_ edges: [Double], _ parameters: FbankParameters) -> [Double] {
        let corners = edges.map { mel in
            let hz = parameters.melFormula.hz(mel: mel)
            return (Double(parameters.fftSize + 1) * hz / Double(parameters.sampleRate)).rounded(.down)
        }
        return (0...parameters.fftSize / 2).map { height(at: Double($0), corners) }
    }

    private static func frequency(ofBin bin: Int, _ parameters: FbankParameters) -> Double {
        Double(bin) * Double(parameters.sampleRate) / Double(parameters.fftSize)
    }

    /// Height at x of the triangle that rises from the first to the second corner and falls to the third; a side
    /// without width is left out.
    private static func height(at x: Double, _ corners: [Double]) -> Double {
        if x >= corners[0] && x < corners[1] { return (x - corners[0]) / (corners[1] - corners[0]) }
        if x >= corners[1] && x < corners[2] { return (corners[2] - x) / (corners[2] - corners[1]) }
        return 0
    }
}
