internal import Corpus
internal import Torch

/// Stored pairs of one side, every pair once an epoch, in another order each time.
package struct PairBatches: BatchSource {
    private let examples: MappedExamples
    private let pairs: [StoredPair]
    private let orders: [(numbers: [Int]?, order: EpochOrder)]
    private let input: NetworkInput

    /// - Parameter isBalanced: whether every batch has as many pairs of one speaker as of two; what is left over of
    ///   the more frequent kind is not used in the epoch.
    package init(
        _ examples: MappedExamples, _ shards: DatasetPlace.Shards, batchSize: Int, isBalanced: Bool = false,
        seed: UInt64, input: NetworkInput
    ) throws(TrainingError) {
        self.examples = examples
        self.input = input
        let stored = try shards.items(StoredPair.all)
        pairs = stored
        guard !stored.isEmpty else {
            throw .unusable("there are no pairs of the side \(shards.side.rawValue)")
        }
        guard isBalanced else {
            let order = EpochOrder(
                itemCount: stored.count, batchSize: batchSize, seed: seed, domain: "train.pairs")
            orders = [(nil, order)]
            return
        }
        let kinds = [true, false].map { isSame in stored.indices.filter { stored[$0].isSame == isSame } }
        guard batchSize % 2 == 0, kinds.allSatisfy({ $0.count >= batchSize / 2 }) else {
            throw .unusable(
                "batches of \(batchSize) pairs, half of one speaker and half of two, cannot be made of \(kinds[0].count) and "
                    + "\(kinds[1].count)")
        }
        orders = zip(kinds, ["train.pairs.same", "train.pairs.different"]).map { numbers, domain in
            (
                numbers,
                EpochOrder(itemCount: numbers.count, batchSize: batchSize / 2, seed: seed, domain: domain)
            )
        }
    }

    package var batchCount: Int {
        // Of two kinds only full batches are balanced.
        orders.count == 1
            ? orders[0].order.batchCount : orders.map { $0.order.itemCount / $0.order.batchSize }.min() ?? 0
    }

    package func batch(_ index: Int, epoch: Int) throws(TrainingError) -> PairBatch {
        let some = orders.flatMap { numbers, order in
            order.items(index, epoch: epoch).map { pairs[numbers?[$0] ?? $0] }
        }
        return PairBatch(
            first: try input.batch(some.map(\.first), of: examples),
            second: try input.batch(some.map(\.second), of: examples), same: some.map(\.isSame))
    }
}
