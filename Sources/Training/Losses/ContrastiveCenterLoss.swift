package import Torch

/// Contrastive-center loss (Qi and Su 2017) as the VoxCeleb1 study's code has it: embeddings h are drawn to the learned
/// center c of their class and away from the others',
///
///     λ/(2B) · Σᵢ ‖hᵢ − c_yᵢ‖² / (Σᵢ Σ_{j≠yᵢ} ‖hᵢ − cⱼ‖² + 10⁻⁶) / 0.1
///
/// a ratio of sums over the batch of B, where the paper has a sum of ratios. The centers begin normal with variance 1.
package final class ContrastiveCenterLoss {
    package let lambda: Double
    package let store: ParameterStore
    private let centers: Tensor

    package init(
        classCount: Int, embeddingSize: Int, lambda: Double, seed: UInt64, device: Device
    ) throws(TorchError) {
        self.lambda = lambda
        store = ParameterStore(seed: seed, device: device)
        centers = try store.root.parameter("centers", [classCount, embeddingSize], .normal(deviation: 1))
    }

    /// - Parameters:
    ///   - embeddings: [examples, size].
    ///   - labels: the class of each, int64: [examples].
    package func callAsFunction(embeddings: Tensor, labels: Tensor) throws(TorchError) -> Tensor {
        let (count, size) = (embeddings.count, centers.shape[1])
        let difference = try embeddings.reshaped([count, 1, size]) - centers.reshaped([1, -1, size])
        let distances = try difference.squared().sum(along: [2])
        let own = try distances.elements(inColumns: labels).sum()
        let others = try distances.sum() - own
        return try own / (others + 1e-6) * (lambda / 2 / Double(count) / 0.1)
    }
}
