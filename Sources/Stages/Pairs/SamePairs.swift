import Corpus

/// Every pair of two rows of one speaker, numbered without gaps: first by group, then within the group.
///
/// Within a group of n rows, any two rows: as the matches of a tournament, round after round (`RoundRobin`).
/// From different sessions: the blocks one after another, each with all rows of the group before it.
struct SamePairs: Sendable {
    let rows: PairRows
    /// The pairs of each group.
    let groups: PrefixSums
    /// With different sessions the number of pairs before each block within its group; empty otherwise.
    private let beforeBlock: [UInt64]

    init(_ rows: PairRows, _ positives: PairRules.Positives) {
        self.rows = rows
        let anySession = positives == .any
        beforeBlock = anySession ? [] : SamePairs.pairsBeforeBlocks(rows)
        groups = PrefixSums(
            (0..<rows.speakerCount).map { group in
                let size = UInt64(rows.size(group))
                let pairs = size * (size - 1) / 2
                return anySession ? pairs : pairs - SamePairs.pairsWithinBlocks(rows, group)
            })
    }

    var count: UInt64 { groups.total }

    /// How many pairs a group has.
    @inline(__always)
    func count(_ group: Int) -> UInt64 { groups.sums[group + 1] - groups.sums[group] }

    /// The two positions of pair `number` of all.
    @inline(__always)
    func positions(_ number: UInt64) -> (Int, Int) {
        let group = groups.index(of: number)
        return positions(number - groups.sums[group], group: group)
    }

    /// The two positions of pair `number` of a group.
    @inline(__always)
    func positions(_ number: UInt64, group: Int) -> (Int, Int) {
        let start = rows.start(group)
        if beforeBlock.isEmpty {
            let (one, other) = RoundRobin.seats(ofMatch: number, players: UInt64(rows.size(group)))
            return (start + Int(one), start + Int(other))
        }
        let blocks = rows.blocks(group)
        let block =
            partitionPoint(blocks.lowerBound + 1..<blocks.upperBound) {
                beforeBlock[$0] <= number
            } - 1
        let own = rows.positions(block: block)
        let (x, y) = (number - beforeBlock[block]).quotientAndRemainder(dividingBy: UInt64(own.count))
        return (start + Int(x), own.lowerBound + Int(y))
    }

    private static func pairsBeforeBlocks(_ rows: PairRows) -> [UInt64] {
        var before: [UInt64] = []
        before.reserveCapacity(rows.blockStarts.count)
        for group in 0..<rows.speakerCount {
            var pairs: UInt64 = 0
            for block in rows.blocks(group) {
                let positions = rows.positions(block: block)
                before.append(pairs)
                pairs += UInt64(positions.lowerBound - rows.start(group)) * UInt64(positions.count)
            }
        }
        return before
    }

    private static func pairsWithinBlocks(_ rows: PairRows, _ group: Int) -> UInt64 {
        rows.blocks(group).reduce(0) { sum, block in
            let size = UInt64(rows.positions(block: block).count)
            return sum + size * (size - 1) / 2
        }
    }
}
