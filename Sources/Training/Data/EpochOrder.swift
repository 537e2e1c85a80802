internal import Corpus

/// In which order an epoch takes its items, and how they fall into batches: computed from (seed, epoch), not stored.
package struct EpochOrder: Sendable {
    package let itemCount: Int
    package let batchSize: Int
    private let random: KeyedRandom

    /// - Parameter domain: what is ordered, so that two orders of one seed share nothing.
    package init(itemCount: Int, batchSize: Int, seed: UInt64, domain: String) {
        precondition(batchSize > 0, "batches of \(batchSize)")
        self.itemCount = itemCount
        self.batchSize = batchSize
        random = KeyedRandom(seed: seed, domain: domain)
    }

    /// The last batch may be smaller.
    package var batchCount: Int { (itemCount + batchSize - 1) / batchSize }

    /// The numbers of the items of a batch.
    package func items(_ batch: Int, epoch: Int) -> [Int] {
        let range = batch * batchSize..<min((batch + 1) * batchSize, itemCount)
        let order = IndexPermutation(size: UInt64(max(itemCount, 1)), seed: random.bits(UInt64(epoch)))
        return range.map { Int(order[UInt64($0)]) }
    }
}
