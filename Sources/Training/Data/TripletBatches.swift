internal import ContentStore
internal import Torch

/// Stored triplets of one side, every triplet once an epoch, in another order each time.
package struct TripletBatches: BatchSource {
    private let examples: MappedExamples
    private let rows: [[UInt32]]
    private let order: EpochOrder
    private let input: NetworkInput

    package init(
        _ examples: MappedExamples, _ shards: DatasetPlace.Shards, batchSize: Int, seed: UInt64,
        input: NetworkInput
    ) throws(TrainingError) {
        var rows: [[UInt32]] = [[], [], []]
        for path in shards.paths {
            do {
                let file = try TensorFileReader(path: path)
                for (index, name) in ["anchor", "positive", "negative"].enumerated() {
                    rows[index] += try file.unsigned(name)
                }
            } catch {
                throw .store(error)
            }
        }
        guard !rows[0].isEmpty else {
            throw .unusable("there are no triplets of the side \(shards.side.rawValue)")
        }
        self.examples = examples
        self.rows = rows
        self.input = input
        order = EpochOrder(
            itemCount: rows[0].count, batchSize: batchSize, seed: seed, domain: "train.triplets")
    }

    package var batchCount: Int { order.batchCount }

    package func batch(_ index: Int, epoch: Int) throws(TrainingError) -> TripletBatch {
        let items = order.items(index, epoch: epoch)
        return TripletBatch(
            anchor: try input.batch(items.map { rows[0][$0] }, of: examples),
            positive: try input.batch(items.map { rows[1][$0] }, of: examples),
            negative: try input.batch(items.map { rows[2][$0] }, of: examples))
    }
}
