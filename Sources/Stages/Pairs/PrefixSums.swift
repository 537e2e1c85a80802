/// Amounts laid end to end, and the search for the one that holds a place.
///
/// Finding is O(log n), and about O(1) when the amounts are alike: a guide table of up to 2n + 2 entries, one
/// per equal stretch of the total, narrows the search first (H.-C. Chen, Y. Asau, 1974).
struct PrefixSums: Sendable {
    /// `sums[j]` is where amount j starts; one more entry holds the total.
    let sums: [UInt64]
    private let guide: [UInt32]
    private let shift: UInt64

    init(_ amounts: some Collection<UInt64>) {
        var sums: [UInt64] = [0]
        sums.reserveCapacity(amounts.count + 1)
        var total: UInt64 = 0
        for amount in amounts {
            total += amount
            sums.append(total)
        }
        var shift: UInt64 = 0
        while total >> shift > UInt64(2 * amounts.count) { shift += 1 }
        self.sums = sums
        self.shift = shift
        guide = PrefixSums.guide(sums, shift: shift)
    }

    var total: UInt64 { sums[sums.count - 1] }

    /// The index of the amount that holds `place`, which is below the total.
    @inline(__always)
    func index(of place: UInt64) -> Int {
        let stretch = Int(truncatingIfNeeded: place >> shift)
        let low = Int(guide[stretch])
        let high = Int(guide[stretch + 1])
        return partitionPoint(low + 1..<high + 1) { sums[$0] <= place } - 1
    }

    /// For each stretch the last amount that starts at or before its start, and the last amount at the end.
    private static func guide(_ sums: [UInt64], shift: UInt64) -> [UInt32] {
        let last = sums.count - 1
        var guide: [UInt32] = []
        var index = 0
        for stretch in 0...(sums[last] >> shift) {
            while index < last && sums[index + 1] <= stretch << shift { index += 1 }
            guide.append(UInt32(index))
        }
        guide.append(UInt32(last))
        return guide
    }
}
