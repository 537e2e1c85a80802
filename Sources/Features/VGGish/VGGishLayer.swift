/// Weights and bias of one layer: every output is a sum over `inputCount` values, times weights, plus a bias.
struct VGGishLayer: Sendable {
    /// [outputs × inputs].
    let weights: PackedRows
    let bias: [Float]

    var inputCount: Int { weights.depth }
    var outputCount: Int { bias.count }

    /// A dense layer; `weights` is [outputs × inputs].
    init(dense weights: VGGishTensor, bias: [Float], level: CPULevel) {
        self.weights = PackedRows(weights.values.span, depth: weights.shape[1], level: level)
        self.bias = bias
    }

    /// A convolution over 3 × 3 pixels; `weights` is [outputs × channels × 3 × 3], and becomes [outputs × 3 × 3 ×
    /// channels], the order of neighborhoods.
    init(convolution weights: VGGishTensor, bias: [Float], level: CPULevel) {
        let channels = weights.shape[1]
        var values = [Float](repeating: 0, count: weights.values.count)
        for output in 0..<bias.count {
            for channel in 0..<channels {
                let from = (output * channels + channel) * 9
                for place in 0..<9 {
                    values[(output * 9 + place) * channels + channel] = weights.values[from + place]
                }
            }
        }
        self.weights = PackedRows(values.span, depth: 9 * channels, level: level)
        self.bias = bias
    }
}
