package import Torch

/// Examples and whose each is, as a class counted from 0.
package struct ClassBatch: ExampleBatch {
    package let examples: Tensor
    package let labels: [Int]

    package init(examples: Tensor, labels: [Int]) {
        precondition(examples.count == labels.count, "\(examples.count) examples and \(labels.count) labels")
        self.examples = examples
        self.labels = labels
    }

    package func embedded(by network: any Network, _ mode: Mode) throws(TorchError) -> ClassBatch {
        ClassBatch(examples: try network.embed(examples, mode), labels: labels)
    }
}

/// Cross-entropy over speakers, and beside it the contrastive-center loss of the embeddings where there is one.
package struct ClassObjective {
    private let centers: ContrastiveCenterLoss?

    package init(centers: ContrastiveCenterLoss? = nil) { self.centers = centers }
}

extension ClassObjective: Objective {
    package func outcome(
        ofEmbedded batch: ClassBatch, _ network: any Network, _ mode: Mode
    ) throws(TorchError) -> Outcome {
        guard let classifier = network as? any Classifier else {
            throw .unavailable("\(type(of: network)) has no head that names speakers")
        }
        let labels = try Tensor(integers: batch.labels.map(Int64.init)).on(batch.examples.device)
        let logits = try classifier.logits(ofEmbeddings: batch.examples, mode)
        var loss = try crossEntropy(logits: logits, labels: labels)
        if let centers { loss = try loss + centers(embeddings: batch.examples, labels: labels) }
        let best = try logits.detached().call("argmax", 1).integers()
        let correct = zip(best, batch.labels).count { Int($0) == $1 }
        return Outcome(loss: loss, count: batch.labels.count, correct: correct)
    }
}
