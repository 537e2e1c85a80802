import Corpus

/// A list of labeled pairs of rows that is computed, not stored: pair k comes from (rows, rules, seed, k)
/// alone.
///
/// No two pairs hold the same two rows in either order, no pair holds a row twice, and of the first K pairs
/// exactly ⌈K · positive share⌉ are same pairs, for every K. Which pair comes at k does not depend on how
/// many are asked for: a longer plan continues a shorter one. Which of the two rows is `a` is a fair coin.
///
/// - Without balance every valid same pair is equally likely, and every valid different pair.
/// - By speaker, same pairs come in rounds with one pair of each speaker that has one left (so a speaker with
///   enough pairs stands in as many as any other, give or take one, however many rows it has), and different
///   pairs in rounds in which each speaker meets one other; see `DifferentPairRounds` for what is guaranteed.
/// - By example, every example stands in two pairs of each kind before any stands in three; see `CirculantDraws`.
///
/// Memory is that of `PairRows`, plus 8 bytes per session when positives must come from another one, plus
/// some hundred bytes per speaker. A pair takes O(log speakers + log sessions of a speaker).
package struct PairPlan: Sendable {
    package let rules: PairRules
    package let count: Int
    /// How many pairs of each kind the rows and rules allow.
    package let samePairsAvailable: UInt64
    package let differentPairsAvailable: UInt64
    /// Up to how many different pairs the guarantee of the balance holds.
    package let balancedDifferentPairs: UInt64
    private let rows: PairRows
    private let same: SamePairDraws
    private let different: DifferentPairDraws
    private let coinKey: UInt64

    /// Throws when a rule is impossible or fewer pairs exist than are asked for.
    package init(rows: PairRows, rules: PairRules, count: Int, seed: UInt64) throws(PairError) {
        try rules.checked()
        guard count >= 0 else { throw .negativeCount(count) }
        self.rows = rows
        self.rules = rules
        self.count = count
        same = SamePairDraws(rows, rules, seed: seed)
        different = DifferentPairDraws(rows, rules, seed: seed)
        coinKey = KeyedRandom(seed: seed, domain: "pairs.coin").bits(0)
        samePairsAvailable = same.count
        differentPairsAvailable = different.count
        balancedDifferentPairs = different.balancedCount
        try checkCounts()
    }

    /// How many of the pairs are same pairs.
    package var samePairCount: Int { rules.positiveShare.sameCount(before: count) }

    /// The largest count that these rows and rules allow.
    package var largestCount: UInt64 {
        rules.positiveShare.largestCount(same: samePairsAvailable, different: differentPairsAvailable)
    }

    /// Pair `k`, which is in `0..<count`.
    @inline(__always)
    package subscript(k: Int) -> Pair {
        precondition(k >= 0 && k < count, "pair \(k) of \(count)")
        let (a, b, isSame) = positions(k)
        return Pair(a: rows.rowNumbers[a], b: rows.rowNumbers[b], isSame: isSame)
    }

    @inline(__always)
    private func positions(_ k: Int) -> (a: Int, b: Int, isSame: Bool) {
        let sameBefore = rules.positiveShare.sameCount(before: k)
        let isSame = rules.positiveShare.sameCount(before: k + 1) > sameBefore
        let (x, y) =
            isSame ? same.positions(UInt64(sameBefore)) : different.positions(UInt64(k - sameBefore))
        let swapped = scramble(coinKey ^ UInt64(k)) & 1 == 1
        return (swapped ? y : x, swapped ? x : y, isSame)
    }

    /// The label of a pair in the convention of the rules.
    package func label(isSame: Bool) -> UInt8 { isSame ? rules.labelOfSame : 1 - rules.labelOfSame }

    /// Writes the pairs of a range into three columns as long as the range: row numbers and labels.
    package func fill(
        range: Range<Int>, a: inout MutableSpan<UInt32>, b: inout MutableSpan<UInt32>,
        label: inout MutableSpan<UInt8>
    ) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count, "pairs \(range) of \(count)")
        precondition(
            a.count == range.count && b.count == range.count && label.count == range.count,
            "\(range.count) pairs for columns of \(a.count), \(b.count) and \(label.count)")
        for place in 0..<range.count {
            let pair = positions(range.lowerBound + place)
            a[place] = UInt32(truncatingIfNeeded: pair.a)
            b[place] = UInt32(truncatingIfNeeded: pair.b)
            label[place] = self.label(isSame: pair.isSame)
        }
        rows.replacePositions(&a)
        rows.replacePositions(&b)
    }

    private func checkCounts() throws(PairError) {
        let (asked, askedDifferent) = (UInt64(samePairCount), UInt64(count - samePairCount))
        if asked > same.count {
            throw .tooFewSamePairs(
                asked: asked, available: same.count, largestCount: largestCount,
                speakers: (same.speakerCount, rows.speakerCount), rules)
        }
        if askedDifferent > different.count {
            throw .tooFewDifferentPairs(
                asked: askedDifferent, available: different.count, largestCount: largestCount,
                speakers: rows.speakerCount, rules)
        }
    }
}
