import Corpus

/// The negatives of an anchor, visit by visit: a speaker uniform among the others, then a row uniform in it.
///
/// For visits e of one anchor, rounds go over the other speakers of its stratum in a random order of their
/// own, each speaker once a round so long as it has rows not yet used for this anchor. Of a speaker the first
/// row is uniform and the next ones follow in steps of about 0.618 of its rows, a number that shares no
/// divisor with their count: each row once, and those of one anchor spread over the speaker's sessions. So no
/// negative comes twice within the first T visits, T being the rows of all other speakers; from visit T on
/// they all come again.
struct NegativeDraws: Sendable {
    private let rows: PairRows
    /// Everyone, or females and males.
    private let strata: (WaterFilling, WaterFilling)
    private let stratumOfGroup: [UInt8]
    private let rankOfGroup: [UInt32]
    private let orders: (IndexPermutation, IndexPermutation)
    private let stepOfGroup: [UInt32]
    private let rowKey: UInt64

    init(_ rows: PairRows, _ negatives: PairRules.Negatives, random: KeyedRandom) {
        self.rows = rows
        let fillings = rows.strata(negatives).map { range in
            WaterFilling(range.map { (member: $0, capacity: UInt64(rows.size($0))) })
        }
        strata = (fillings[0], fillings.count > 1 ? fillings[1] : WaterFilling([]))
        var stratumOfGroup = [UInt8](repeating: UInt8.max, count: rows.speakerCount)
        var rankOfGroup = [UInt32](repeating: 0, count: rows.speakerCount)
        for (stratum, filling) in fillings.enumerated() {
            for (rank, group) in filling.members.enumerated() {
                stratumOfGroup[Int(group)] = UInt8(stratum)
                rankOfGroup[Int(group)] = UInt32(rank)
            }
        }
        self.stratumOfGroup = stratumOfGroup
        self.rankOfGroup = rankOfGroup
        orders = (NegativeDraws.order(strata.0), NegativeDraws.order(strata.1))
        stepOfGroup = (0..<rows.speakerCount).map { NegativeDraws.goldenStep(rows.size($0)) }
        rowKey = random.bits(3)
    }

    /// How many rows can stand against an anchor of the group: those of the other speakers of its stratum.
    @inline(__always)
    func count(_ group: Int) -> UInt64 {
        let stratum = stratumOfGroup[group]
        if stratum > 1 { return 0 }
        return (stratum == 0 ? strata.0.total : strata.1.total) - UInt64(rows.size(group))
    }

    /// The position of the negative of visit `visit`, below `count(group)`, of an anchor of the group whose
    /// random key is `anchorKey`.
    @inline(__always)
    func position(visit: UInt64, group: Int, anchorKey: UInt64) -> Int {
        let own = Int(rankOfGroup[group])
        return stratumOfGroup[group] == 0
            ? position(visit, own, anchorKey, strata.0, orders.0)
            : position(visit, own, anchorKey, strata.1, orders.1)
    }

    @inline(__always)
    private func position(
        _ visit: UInt64, _ own: Int, _ anchorKey: UInt64, _ stratum: borrowing WaterFilling,
        _ order: IndexPermutation
    ) -> Int {
        let draw = stratum.draw(visit, without: own)
        let key = anchorKey ^ scramble(draw.round)
        let speakers =
            draw.open == order.size ? order.reseeded(key) : IndexPermutation(size: draw.open, seed: key)
        let rank = draw.first + Int(speakers[draw.slot])
        let passesOwn = own >= draw.first && rank >= own
        return position(group: Int(stratum.members[rank + (passesOwn ? 1 : 0)]), draw.round, anchorKey)
    }

    /// The row that a speaker gives in the `round`-th of its turns with one anchor.
    @inline(__always)
    private func position(group: Int, _ round: UInt64, _ anchorKey: UInt64) -> Int {
        let size = UInt64(rows.size(group))
        var row = scramble(rowKey ^ anchorKey ^ scramble(UInt64(group))).multipliedFullWidth(by: size).high
        if round > 0 { row = (row + round * UInt64(stepOfGroup[group])) % size }
        return rows.start(group) + Int(row)
    }

    /// An order of all speakers of a stratum but one; its seed is set for each use.
    private static func order(_ stratum: WaterFilling) -> IndexPermutation {
        IndexPermutation(size: UInt64(max(stratum.members.count - 1, 1)), seed: 0)
    }

    /// The least number from 0.618 · count on that shares no divisor with the count; 0 for a count of 1.
    static func goldenStep(_ count: Int) -> UInt32 {
        var step = UInt64(count) * 0x9e37_79b9 >> 32
        func divisor(_ one: UInt64, _ other: UInt64) -> UInt64 {
            other == 0 ? one : divisor(other, one % other)
        }
        while divisor(UInt64(count), step) != 1 { step += 1 }
        return UInt32(step)
    }
}
