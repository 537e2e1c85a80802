/// The part of all pairs that are same pairs, as an exact fraction, and where among the others they stand.
///
/// Of the first K pairs, ⌈K · numerator / denominator⌉ are same pairs, for every K: they are interleaved as
/// evenly as whole numbers allow (J. Bresenham's line, 1965). With 1/2, even places are same, odd different.
package struct PositiveShare: Codable, Hashable, Sendable {
    package static let half = PositiveShare(numerator: 1, denominator: 2)
    package static let largestDenominator = 1_000_000

    package var numerator: Int
    package var denominator: Int

    /// A fraction in 0…1 with a denominator up to 1 000 000; the rules that hold it are checked by the plan.
    package init(numerator: Int, denominator: Int) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// How many of the pairs 0..<k are same pairs.
    @inline(__always)
    func sameCount(before k: Int) -> Int {
        if numerator == 1 && denominator == 2 { return (k + 1) >> 1 }
        let (periods, rest) = k.quotientAndRemainder(dividingBy: denominator)
        return periods * numerator + (rest * numerator + denominator - 1) / denominator
    }

    /// The largest number of pairs that so many same and different pairs suffice for.
    func largestCount(same: UInt64, different: UInt64) -> UInt64 {
        let (p, q) = (UInt128(numerator), UInt128(denominator))
        var largest = UInt128(Int.max)
        if p > 0 { largest = min(largest, UInt128(same) * q / p) }
        if p < q { largest = min(largest, ((UInt128(different) + 1) * q - 1) / (q - p)) }
        return UInt64(largest)
    }
}
