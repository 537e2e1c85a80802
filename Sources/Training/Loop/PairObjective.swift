package import Torch

/// Two batches of examples, row by row the two sides of a pair.
package struct PairBatch: ExampleBatch {
    package let first: Tensor
    package let second: Tensor
    /// Of each pair, whether its speaker is the same.
    package let same: [Bool]

    package init(first: Tensor, second: Tensor, same: [Bool]) {
        precondition(
            first.count == same.count && second.count == same.count,
            "\(first.count) and \(second.count) examples for \(same.count) pairs")
        self.first = first
        self.second = second
        self.same = same
    }

    /// One side after the other, each with its own batch statistics, as the published twins do.
    package func embedded(by network: any Network, _ mode: Mode) throws(TorchError) -> PairBatch {
        PairBatch(first: try network.embed(first, mode), second: try network.embed(second, mode), same: same)
    }
}

/// The losses over pairs.
package enum PairObjective: Codable, Sendable, Hashable {
    /// Contrastive loss on the Euclidean distance of embeddings.
    case contrastive(margin: Double)
    /// Cross-entropy over no match and match.
    case twoClasses
    /// Binary cross-entropy of one score that they differ.
    case binary
}

extension PairObjective: Objective {
    package func outcome(
        ofEmbedded batch: PairBatch, _ network: any Network, _ mode: Mode
    ) throws(TorchError) -> Outcome {
        if case .contrastive(let margin) = self {
            let distance = try batch.first.euclideanDistance(to: batch.second)
            let loss = try contrastiveLoss(distance: distance, different: different(batch), margin: margin)
            return Outcome(loss: loss, count: batch.same.count, correct: nil)
        }
        guard let scorer = network as? any PairScorer else {
            throw .unavailable(
                "\(type(of: network)) has no head that scores pairs; its loss is contrastive or over triplets"
            )
        }
        let logits = try scorer.pairLogits(batch.first, batch.second, mode)
        return try self == .twoClasses ? twoClasses(logits, batch) : binary(logits, batch)
    }

    private func different(_ batch: PairBatch) throws(TorchError) -> Tensor {
        try Tensor(batch.same.map { $0 ? 0 : 1 }).on(batch.first.device)
    }

    private func twoClasses(_ logits: Tensor, _ batch: PairBatch) throws(TorchError) -> Outcome {
        let labels = try Tensor(integers: batch.same.map { $0 ? 1 : 0 }).on(batch.first.device)
        let scores = try logits.floats()
        let correct = batch.same.indices.count { (scores[2 * $0 + 1] > scores[2 * $0]) == batch.same[$0] }
        return Outcome(
            loss: try crossEntropy(logits: logits, labels: labels), count: batch.same.count, correct: correct)
    }

    private func binary(_ logits: Tensor, _ batch: PairBatch) throws(TorchError) -> Outcome {
        let correct = zip(try logits.floats(), batch.same).count { ($0 <= 0) == $1 }
        let loss = try binaryCrossEntropy(logits: logits, different: different(batch))
        return Outcome(loss: loss, count: batch.same.count, correct: correct)
    }
}
