internal import ContentStore
internal import Torch

/// Embeddings of rows of a dataset: what all scores are computed from.
package struct EmbeddingTable: Sendable {
    /// Which rows of the dataset, in order.
    package let rows: [UInt32]
    /// How many numbers one has.
    package let size: Int
    /// Row by row.
    package let values: [Float]

    /// The embeddings of `rows` by `network`, by its running statistics, in batches.
    ///
    /// - Parameter afterBatch: told how many rows are done.
    package init(
        of rows: [UInt32], _ network: any Network, _ examples: MappedExamples, batchSize: Int = 64,
        afterBatch: (Int) -> Void = { _ in }
    ) throws(TrainingError) {
        let input = try NetworkInput(network, examples)
        var values: [Float] = []
        values.reserveCapacity(rows.count * network.embeddingSize)
        for start in stride(from: 0, to: rows.count, by: batchSize) {
            let batch = try input.batch(Array(rows[start..<min(start + batchSize, rows.count)]), of: examples)
            values += try TrainingError.wrapping { () throws(TorchError) in
                try LibTorch.withoutGradients { () throws(TorchError) in
                    try network.embed(batch, .evaluation).floats()
                }
            }
            afterBatch(min(start + batchSize, rows.count))
        }
        self.rows = rows
        self.values = values
        size = network.embeddingSize
    }

    init(rows: [UInt32], size: Int, values: [Float]) {
        precondition(
            values.count == rows.count * size, "\(values.count) values for \(rows.count) rows of \(size)")
        (self.rows, self.size, self.values) = (rows, size, values)
    }

    /// The embedding of the row at `place` of `rows`.
    package subscript(place: Int) -> ArraySlice<Float> { values[place * size..<(place + 1) * size] }

    /// The embeddings at these places as a tensor [places, size].
    func tensor(_ places: [Int], _ device: Device) throws(TorchError) -> Torch.Tensor {
        try Torch.Tensor(places.flatMap { self[$0] }).reshaped([places.count, size]).on(device)
    }

    /// Writes `embeddings` [rows, size] and `row`, as `pairs.embeddings` of a recipe and other tools read them.
    ///
    /// - Parameter split: the digest of the dataset's split, by which a recipe knows its own embeddings again.
    package func write(to path: String, split: String) throws(TrainingError) {
        let file = TensorFile(
            kind: "embeddings", metadata: ["schema": "1", "twinset.split": split],
            tensors: [
                ContentStore.Tensor("row", rows),
                ContentStore.Tensor("embeddings", shape: [rows.count, size], .float32(values)),
            ])
        do { try file.publish(at: path) } catch { throw .store(error) }
    }
}
