/// The meetings of a stratum that its tournaments leave out, numbered without gaps.
///
/// The speaker of rank j leaves after nⱼ·n₍ⱼ₊₁₎ tournaments; with a later speaker t it could meet nⱼ·nₜ
/// times. The differences are laid end to end, by j and then by t.
struct LeftOverMeetings: Sendable {
    private let members: [Int]
    private let sizes: [UInt64]
    /// Rows of the members before each rank, and of all.
    private let rowsBefore: [UInt64]
    private let ranks: PrefixSums

    init(_ rows: PairRows, members: [Int]) {
        self.members = members
        let sizes = members.map { UInt64(rows.size($0)) }
        var before: [UInt64] = [0]
        for size in sizes { before.append(before[before.count - 1] + size) }
        self.sizes = sizes
        rowsBefore = before
        let last = members.count - 1
        ranks = PrefixSums(
            members.indices.map { rank in
                guard rank < last else { return 0 }
                let meetings = sizes[rank] * (before[last + 1] - before[rank + 1])
                return meetings - UInt64(last - rank) * sizes[rank] * sizes[rank + 1]
            })
    }

    var count: UInt64 { ranks.total }

    func meeting(_ number: UInt64) -> Meeting {
        let rank = ranks.index(of: number)
        let offset = number - ranks.sums[rank]
        let next = partitionPoint(rank + 1..<members.count) { before($0 + 1, rank) <= offset }
        let met = sizes[rank] * sizes[rank + 1]
        return Meeting(one: members[rank], other: members[next], number: met + offset - before(next, rank))
    }

    /// The meetings left over between `rank` and those after it and before `other`.
    private func before(_ other: Int, _ rank: Int) -> UInt64 {
        let rows = rowsBefore[other] - rowsBefore[rank + 1]
        return sizes[rank] * rows - UInt64(other - rank - 1) * sizes[rank] * sizes[rank + 1]
    }
}
