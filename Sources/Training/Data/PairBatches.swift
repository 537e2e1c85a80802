internal import ContentStore
internal import Corpus
internal import Torch

/// Stored pairs of one side, every pair once an epoch, in another order each time.
package struct PairBatches: BatchSource {
    private let examples: MappedExamples
    private let first: [UInt32]
    private let second: [UInt32]
    private let same: [Bool]
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
        (first, second, same) = try PairBatches.read(shards)
        guard !first.isEmpty else {
            throw .unusable("there are no pairs of the side \(shards.side.rawValue)")
        }
        guard isBalanced else {
            let order = EpochOrder(
                itemCount: first.count, batchSize: batchSize, seed: seed, domain: "train.pairs")
            orders = [(nil, order)]
            return
        }
        let same = self.same
        let kinds = [same.indices.filter { same[$0] }, same.indices.filter { !same[$0] }]
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

    private static func read(
        _ shards: DatasetPlace.Shards
    ) throws(TrainingError) -> (first: [UInt32], second: [UInt32], same: [Bool]) {
        var (first, second, same): ([UInt32], [UInt32], [Bool]) = ([], [], [])
        for path in shards.paths {
            do {
                let file = try TensorFileReader(path: path)
                first += try file.unsigned("a")
                second += try file.unsigned("b")
                // Trials have no labelOfSame: there 1 is target.
                let labelOfSame = file.metadata["labelOfSame"].flatMap { UInt8($0) } ?? 1
                same += try file.bytes("label").map { $0 == labelOfSame }
            } catch {
                throw .store(error)
            }
        }
        return (first, second, same)
    }

    package var batchCount: Int {
        // Of two kinds only full batches are balanced.
        orders.count == 1
            ? orders[0].order.batchCount : orders.map { $0.order.itemCount / $0.order.batchSize }.min() ?? 0
    }

    package func batch(_ index: Int, epoch: Int) throws(TrainingError) -> PairBatch {
        let pairs = orders.flatMap { numbers, order in
            order.items(index, epoch: epoch).map { numbers?[$0] ?? $0 }
        }
        return PairBatch(
            first: try input.batch(pairs.map { first[$0] }, of: examples),
            second: try input.batch(pairs.map { second[$0] }, of: examples), same: pairs.map { same[$0] })
    }
}
