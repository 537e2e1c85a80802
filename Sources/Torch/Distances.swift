/// Rows compared with rows: [rows, width] and [rows, width] give [rows].
extension Tensor {
    /// ‖a − b + 10⁻⁶‖, as PyTorch's `pairwise_distance`: the little number keeps the gradient finite where a = b.
    package func euclideanDistance(to other: Tensor) throws(TorchError) -> Tensor {
        try call("pairwise_distance", .tensor(other))
    }

    /// a·b / (‖a‖‖b‖), with lengths of at least 10⁻⁸.
    package func cosineSimilarity(to other: Tensor) throws(TorchError) -> Tensor {
        try call("cosine_similarity", .tensor(other))
    }
}
