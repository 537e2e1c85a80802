/// The network VGGish, by the weights its user has: log-mel patches of 96 frames × 64 mels → embeddings.
///
/// Six convolutions over 3 × 3 pixels with zeros around, each followed by max(0, x); after the first, second, fourth and
/// sixth the largest of 2 × 2 pixels. Their 6 × 4 pixels, channels together, go through three dense layers with max(0, x)
/// between them and, as in torchvggish, after the last. The published network has 64, 128, 256, 256, 512 and 512
/// channels, 4096, 4096 and 128 outputs; here the weights' shapes say how many.
///
/// Names and shapes of the weights are those of torchvggish's state dict. Source: S. Hershey et al., "CNN architectures
/// for large-scale audio classification", 2017, and the models' definition in tensorflow/models, audioset/vggish.
package struct VGGishNetwork: Sendable {
    /// Frames and mels of a patch.
    package static let patchFrameCount = 96
    package static let patchMelCount = 64
    package static let patchCount = patchFrameCount * patchMelCount

    /// The number in its name of each convolution, and whether the image is halved after it.
    private static let convolutionNames: [(number: Int, halves: Bool)] = [
        (0, true), (3, true), (6, false), (8, true), (11, false), (13, true),
    ]
    private static let denseNumbers = [0, 2, 4]

    let convolutions: [(layer: VGGishLayer, halves: Bool)]
    let dense: [VGGishLayer]
    /// Whether negative values of embeddings become 0, as in torchvggish.
    package let rectifies: Bool
    let postprocessor: VGGishPostprocessor?
    let level: CPULevel

    /// Values of an embedding: 128 as published.
    package var embeddingCount: Int { dense.last?.outputCount ?? 0 }

    /// - Parameters:
    ///   - postprocesses: embeddings go through the PCA of AudioSet and become whole numbers 0 … 255; the weights then
    ///     hold `pca_eigen_vectors` and `pca_means` (or `pproc.pca_matrix`, `pproc.pca_means`).
    ///   - tensor: gives the weights of a name; nil where there are none. Asked one after another.
    /// - Throws: `FeatureError.weights`, when a tensor is missing, has another shape or holds what is no finite number.
    package init(
        rectifies: Bool = true, postprocesses: Bool = false, level: CPULevel = .best,
        tensor: @escaping (String) throws(FeatureError) -> VGGishTensor?
    ) throws(FeatureError) {
        let weights = VGGishNames(tensor: tensor)
        var convolutions: [(layer: VGGishLayer, halves: Bool)] = []
        var channels = 1
        for (number, halves) in VGGishNetwork.convolutionNames {
            let name = "features.\(number)"
            let found = try weights.matrix(name + ".weight", [nil, channels, 3, 3])
            let bias = try weights.vector(name + ".bias", count: found.shape[0])
            convolutions.append((VGGishLayer(convolution: found, bias: bias, level: level), halves))
            channels = found.shape[0]
        }
        self.convolutions = convolutions
        let pixelCount = VGGishNetwork.patchCount >> 8
        dense = try VGGishNetwork.dense(weights, inputCount: pixelCount * channels, level: level)
        let count = dense.last?.outputCount ?? 0
        postprocessor =
            postprocesses ? try VGGishPostprocessor(weights, count: count, level: level) : nil
        self.rectifies = rectifies
        self.level = level
    }

    private static func dense(
        _ weights: VGGishNames, inputCount: Int, level: CPULevel
    ) throws(FeatureError) -> [VGGishLayer] {
        var layers: [VGGishLayer] = []
        var width = inputCount
        for number in denseNumbers {
            let name = "embeddings.\(number)"
            let found = try weights.matrix(name + ".weight", [nil, width])
            let bias = try weights.vector(name + ".bias", count: found.shape[0])
            layers.append(VGGishLayer(dense: found, bias: bias, level: level))
            width = found.shape[0]
        }
        return layers
    }
}
