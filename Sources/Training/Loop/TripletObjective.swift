package import Torch

/// Three batches of examples, row by row an anchor, another of its speaker, one of another speaker.
package struct TripletBatch: ExampleBatch {
    package let anchor: Tensor
    package let positive: Tensor
    package let negative: Tensor

    package init(anchor: Tensor, positive: Tensor, negative: Tensor) {
        precondition(
            anchor.count == positive.count && anchor.count == negative.count,
            "\(anchor.count) anchors, \(positive.count) positives and \(negative.count) negatives")
        self.anchor = anchor
        self.positive = positive
        self.negative = negative
    }

    package func embedded(by network: any Network, _ mode: Mode) throws(TorchError) -> TripletBatch {
        TripletBatch(
            anchor: try network.embed(anchor, mode), positive: try network.embed(positive, mode),
            negative: try network.embed(negative, mode))
    }
}

/// The triplet loss on cosine distance. Right is a triplet whose negative is farther than its positive.
package struct TripletObjective: Codable, Sendable, Hashable {
    package let margin: Double

    package init(margin: Double) { self.margin = margin }
}

extension TripletObjective: Objective {
    package func outcome(
        ofEmbedded batch: TripletBatch, _ network: any Network, _ mode: Mode
    ) throws(TorchError) -> Outcome {
        let (anchor, positive, negative) = (batch.anchor, batch.positive, batch.negative)
        let loss = try tripletLoss(anchor: anchor, positive: positive, negative: negative, margin: margin)
        let near = try anchor.detached().cosineSimilarity(to: positive.detached()).floats()
        let far = try anchor.detached().cosineSimilarity(to: negative.detached()).floats()
        return Outcome(loss: loss, count: near.count, correct: zip(near, far).count { $0 > $1 })
    }
}
