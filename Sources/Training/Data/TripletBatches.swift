internal import Torch

/// Stored triplets of one side, every triplet once an epoch, in another order each time.
package struct TripletBatches: BatchSource {
    private let examples: MappedExamples
    private let triplets: [StoredTriplet]
    private let order: EpochOrder
    private let input: NetworkInput

    package init(
        _ examples: MappedExamples, _ shards: DatasetPlace.Shards, batchSize: Int, seed: UInt64,
        input: NetworkInput
    ) throws(TrainingError) {
        triplets = try shards.items(StoredTriplet.all)
        guard !triplets.isEmpty else {
            throw .unusable("there are no triplets of the side \(shards.side.rawValue)")
        }
        self.examples = examples
        self.input = input
        order = EpochOrder(
            itemCount: triplets.count, batchSize: batchSize, seed: seed, domain: "train.triplets")
    }

    package var batchCount: Int { order.batchCount }

    package func batch(_ index: Int, epoch: Int) throws(TrainingError) -> TripletBatch {
        let some = order.items(index, epoch: epoch).map { triplets[$0] }
        return TripletBatch(
            anchor: try input.batch(some.map(\.anchor), of: examples),
            positive: try input.batch(some.map(\.positive), of: examples),
            negative: try input.batch(some.map(\.negative), of: examples))
    }
}
