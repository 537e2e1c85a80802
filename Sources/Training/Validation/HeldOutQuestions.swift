internal import Corpus
internal import Torch

/// Questions of the kind that a phase learns from, about examples that it does not learn from.
protocol HeldOutQuestions {
    associatedtype Batch: ExampleBatch

    var side: Side { get }
    /// How many pairs, triplets or examples.
    var count: Int { get }
    /// The rows that are asked about: what has to be embedded.
    var rows: Set<UInt32> { get }

    /// The questions of these numbers, with embeddings in the examples' place.
    func batch(
        _ range: Range<Int>, _ vectors: RowVectors, _ device: Device
    ) throws(TorchError) -> Batch
}

extension RowVectors {
    /// The embeddings of rows as a tensor [rows, size].
    func tensor(_ rows: some Sequence<UInt32>, _ device: Device) throws(TorchError) -> Tensor {
        try table.tensor(rows.map { place(of: $0) }, device)
    }
}
