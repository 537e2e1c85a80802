package import Torch

/// Contrastive loss (Hadsell et al. 2006, without its factor ½): mean((1 − y)·d² + y·max(margin − d, 0)²), where y is
/// 1 for two speakers and 0 for one.
///
/// - Parameters:
///   - distance: d of each pair, at least 0: [pairs].
///   - different: y of each pair: [pairs].
package func contrastiveLoss(
    distance: Tensor, different: Tensor, margin: Double
) throws(TorchError) -> Tensor {
    let same = try (1 - different) * distance.squared()
    let apart = try different * (margin - distance).atLeast(0).squared()
    return try (same + apart).mean()
}

/// Binary cross-entropy of scores before the sigmoid, mean over the pairs.
///
/// - Parameters:
///   - logits: above 0 when two seem to differ: [pairs].
///   - different: 1 for two speakers, 0 for one: [pairs].
package func binaryCrossEntropy(logits: Tensor, different: Tensor) throws(TorchError) -> Tensor {
    try logits.call("binary_cross_entropy_with_logits", .tensor(different))
}

/// Cross-entropy of the softmax, mean over the rows.
///
/// - Parameters:
///   - logits: [examples, classes].
///   - labels: the class of each, int64: [examples].
package func crossEntropy(logits: Tensor, labels: Tensor) throws(TorchError) -> Tensor {
    try logits.call("cross_entropy_loss", .tensor(labels))
}

/// Triplet loss on cosine distance: mean(max(d(anchor, positive) − d(anchor, negative) + margin, 0)), where d is
/// 1 − the cosine of two embeddings. Each tensor is [triplets, size].
package func tripletLoss(
    anchor: Tensor, positive: Tensor, negative: Tensor, margin: Double
) throws(TorchError) -> Tensor {
    let near = try anchor.cosineSimilarity(to: positive)
    let far = try anchor.cosineSimilarity(to: negative)
    return try ((far - near) + margin).atLeast(0).mean()
}
