import ContentStore
import Pipeline

/// What the row numbers of pairs, trials and episodes refer to.
enum PackReferences {
    /// The first row of each features artifact, and its digest.
    static func tensors(firstRows: [Int64], of features: [Resolved.Entry]) -> (first: Tensor, digests: Tensor)
    {
        (
            Tensor("pack.firstRow", firstRows),
            Tensor(
                "pack.features", shape: [features.count, 32],
                .uint8(features.flatMap(\.artifact.digest.bytes)))
        )
    }
}
