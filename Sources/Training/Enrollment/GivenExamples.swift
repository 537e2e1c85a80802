internal import Torch

/// Examples that come from no dataset: those of a recording.
package struct GivenExamples: Sendable {
    /// Example by example, row by row.
    package let values: [Float]
    /// The shape of one, as a dataset would store it: [64, 64].
    package let shape: [Int]
    package let count: Int

    package init(values: [Float], shape: [Int], count: Int) {
        precondition(
            values.count == shape.reduce(count, *), "\(values.count) values for \(count) examples of \(shape)"
        )
        self.values = values
        self.shape = shape
        self.count = count
    }
}

extension EmbeddingTable {
    /// The embeddings of examples that were given, by `network` and its running statistics, in batches. Rows are counted
    /// from 0.
    package init(
        of examples: GivenExamples, _ network: any Network, batchSize: Int = 64
    ) throws(TrainingError) {
        let repetitions = try MappedExamples.repetitions(
            of: examples.shape, for: network.exampleShape, of: "\(type(of: network))")
        let width = examples.shape.reduce(1, *)
        var values: [Float] = []
        for start in stride(from: 0, to: examples.count, by: batchSize) {
            let rows = start..<min(start + batchSize, examples.count)
            let given = rows.flatMap { row in
                let example = examples.values[row * width..<(row + 1) * width]
                return repetitions == 1 ? example : ArraySlice((0..<repetitions).flatMap { _ in example })
            }
            values += try TrainingError.wrapping { () throws(TorchError) in
                try LibTorch.withoutGradients { () throws(TorchError) in
                    let batch = try Tensor(given, shape: [rows.count] + network.exampleShape)
                        .on(network.store.device)
                    return try network.embed(batch, .evaluation).floats()
                }
            }
        }
        self.init(size: network.embeddingSize, values: values)
        guard values.allSatisfy(\.isFinite) else {
            throw .unusable(
                "the network makes no number of a recording; its weights are damaged, train again")
        }
    }

    /// Rows counted from 0.
    init(size: Int, values: [Float]) {
        self.init(rows: (0..<(values.count / size)).map { UInt32($0) }, size: size, values: values)
    }
}
