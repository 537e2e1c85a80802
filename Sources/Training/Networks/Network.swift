package import Torch

/// A network that turns examples into embeddings, by which they are compared.
package protocol Network: AnyObject {
    /// What it was made from.
    var blueprint: NetworkBlueprint { get }
    /// All its tensors.
    var store: ParameterStore { get }
    /// The shape of one example, without the batch: [1, 64, 64].
    var exampleShape: [Int] { get }
    /// How many numbers an embedding has.
    var embeddingSize: Int { get }

    /// A batch [examples, exampleShape…] as embeddings [examples, embeddingSize].
    func embed(_ examples: Tensor, _ mode: Mode) throws(TorchError) -> Tensor
}

/// A network that also says whose an example is.
package protocol Classifier: Network {
    var classCount: Int { get }

    /// Embeddings as scores of the classes, before the softmax: [examples, classCount].
    func logits(ofEmbeddings embeddings: Tensor, _ mode: Mode) throws(TorchError) -> Tensor
}

/// A network that also says whether two examples are of one speaker.
package protocol PairScorer: Network {
    /// Two batches of embeddings as scores of each pair: [pairs], or [pairs, 2] for no match and match.
    func pairLogits(_ first: Tensor, _ second: Tensor, _ mode: Mode) throws(TorchError) -> Tensor
}
