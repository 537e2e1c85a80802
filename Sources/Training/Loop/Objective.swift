package import Torch

/// Examples and what is asked about them; each of its tensors may also hold embeddings in the examples' place.
package protocol ExampleBatch {
    /// The same questions about the embeddings of the examples.
    func embedded(by network: any Network, _ mode: Mode) throws(TorchError) -> Self
}

/// What a batch's examples are to be pushed toward: a loss, and what counts as right.
package protocol Objective {
    associatedtype Batch: ExampleBatch

    /// The loss of a batch of embeddings, ready to be differentiated, and how many of its questions are answered
    /// rightly.
    func outcome(
        ofEmbedded batch: Batch, _ network: any Network, _ mode: Mode
    ) throws(TorchError) -> Outcome
}

extension Objective {
    /// The same of a batch of examples.
    package func outcome(
        of batch: Batch, _ network: any Network, _ mode: Mode
    ) throws(TorchError) -> Outcome {
        try outcome(ofEmbedded: batch.embedded(by: network, mode), network, mode)
    }
}

/// What an objective says of one batch.
package struct Outcome {
    /// One number.
    package let loss: Tensor
    /// How many pairs, triplets or examples the batch has.
    package let count: Int
    /// How many are right; nil for a loss that knows no right and wrong before a threshold is chosen.
    package let correct: Int?

    package init(loss: Tensor, count: Int, correct: Int?) {
        self.loss = loss
        self.count = count
        self.correct = correct
    }
}

/// Batches by their number, so that training can go on anywhere.
package protocol BatchSource {
    associatedtype Batch: ExampleBatch

    /// How many batches an epoch has.
    var batchCount: Int { get }

    /// Batch `index`, below `batchCount`, of an epoch counted from 0. The same numbers give the same batch.
    func batch(_ index: Int, epoch: Int) throws(TrainingError) -> Batch
}
