import Corpus

/// The positives of an anchor: the other rows of its speaker, or those from its other sessions.
struct PositiveDraws: Sendable {
    private let rows: PairRows
    private let anySession: Bool
    private let key: UInt64

    init(_ rows: PairRows, _ positives: PairRules.Positives, random: KeyedRandom) {
        self.rows = rows
        anySession = positives == .any
        key = random.bits(4)
    }

    /// The least number of positives that an anchor of the group has.
    func leastCount(_ group: Int) -> UInt64 {
        if anySession { return UInt64(rows.size(group) - 1) }
        let largest = rows.blocks(group).map { rows.positions(block: $0).count }.max() ?? 0
        return UInt64(rows.size(group) - largest)
    }

    /// The position of a positive that is uniform for each (anchor, negative), another one for each of the
    /// first turns, as many as there are positives: one turn is all negatives of the anchor once.
    @inline(__always)
    func position(anchor: Int, group: Int, negative: Int, turn: UInt64, anchorKey: UInt64) -> Int {
        let start = rows.start(group)
        let shunned: Range<Int> =
            anySession ? anchor..<anchor + 1 : rows.positions(block: rows.block(of: anchor, group: group))
        let count = UInt64(rows.size(group) - shunned.count)
        let bits = scramble(key ^ anchorKey ^ scramble(UInt64(negative)))
        let place = bits.multipliedFullWidth(by: count).high + turn
        let position = start + Int(place >= count ? place - count : place)
        return position >= shunned.lowerBound ? position + shunned.count : position
    }
}
