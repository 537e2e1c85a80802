/// Every pair of rows of two speakers, numbered without gaps: each group with all rows before it.
///
/// With negatives of the same sex, "before" means within the sex, and speakers of unknown sex have none.
struct DifferentPairs: Sendable {
    private let rows: PairRows
    private let groups: PrefixSums
    /// The first position of the stratum of each group.
    private let bases: [UInt32]

    init(_ rows: PairRows, _ negatives: PairRules.Negatives) {
        self.rows = rows
        var bases = rows.groupStarts
        for stratum in rows.strata(negatives) {
            for group in stratum { bases[group] = rows.groupStarts[stratum.lowerBound] }
        }
        groups = PrefixSums(
            (0..<rows.speakerCount).map { group in
                UInt64(rows.size(group)) * UInt64(rows.groupStarts[group] - bases[group])
            })
        self.bases = bases
    }

    var count: UInt64 { groups.total }

    /// The two positions of pair `number`.
    @inline(__always)
    func positions(_ number: UInt64) -> (Int, Int) {
        let group = groups.index(of: number)
        let start = rows.start(group)
        let base = Int(bases[group])
        let (x, y) = (number - groups.sums[group]).quotientAndRemainder(dividingBy: UInt64(start - base))
        return (base + Int(y), start + Int(x))
    }
}
