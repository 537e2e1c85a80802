import Corpus

/// A list of triplets of rows that is computed, not stored: triplet k comes from (rows, rules, seed, k)
/// alone.
///
/// A row is an anchor when its speaker has another row that the rules allow as positive and there is another
/// speaker that they allow as negative; the others are counted, and still serve as negatives. The positive is
/// uniform over the other rows of the anchor's speaker (never the anchor itself), the negative's speaker
/// uniform over the others, the negative uniform over that speaker's rows. No (anchor, positive, negative)
/// comes twice, and a longer plan continues a shorter one.
///
/// - Without balance every example is equally often the anchor: each epoch, of as many triplets as there are
///   anchors, has each once, in another random order.
/// - By speaker, every speaker is equally often the anchor's, give or take one, as far as its triplets and
///   the quota go; within a speaker each row is equally often the anchor, give or take one.
///
/// Negatives of one anchor are without repetition until all rows of all other speakers have come; their
/// speakers are exactly uniform for the first (speakers − 1) · (fewest rows of a speaker) visits of an
/// anchor, after which a speaker without fresh rows is passed over. An anchor has (rows of other speakers) ·
/// (positives) triplets; more are refused. A triplet takes O(log speakers + log sessions of a speaker).
package struct TripletPlan: Sendable {
    package let rules: PairRules
    package let count: Int
    /// Rows that can be an anchor, and rows that cannot.
    package let eligibleAnchorCount: Int
    package let ineligibleAnchorCount: Int
    /// Triplets that every single anchor has; without balance the bound of epochs.
    package let tripletsPerAnchorAvailable: UInt64
    /// Triplets that the rows and rules allow; 2⁶³ − 1 stands for more than that.
    package let tripletsAvailable: UInt64
    private let rows: PairRows
    private let anchors: AnchorDraws
    private let positives: PositiveDraws
    private let negatives: NegativeDraws
    private let anchorKey: UInt64

    /// Throws when a rule is impossible, no row can be an anchor, or fewer triplets exist than asked for.
    package init(rows: PairRows, rules: PairRules, count: TripletCount, seed: UInt64) throws(PairError) {
        try rules.checked()
        let random = KeyedRandom(seed: seed, domain: "triplets")
        self.rows = rows
        self.rules = rules
        positives = PositiveDraws(rows, rules.positives, random: random)
        negatives = NegativeDraws(rows, rules.negatives, random: random)
        anchorKey = random.bits(2)
        anchors = AnchorDraws(rows, rules, positives, negatives, random: random)
        eligibleAnchorCount = anchors.anchorCount
        ineligibleAnchorCount = rows.count - anchors.anchorCount
        tripletsPerAnchorAvailable = anchors.visitsPerAnchor
        tripletsAvailable = anchors.count
        self.count = try anchors.checked(count, rules)
    }

    /// Triplet `k`, which is in `0..<count`.
    @inline(__always)
    package subscript(k: Int) -> Triplet {
        precondition(k >= 0 && k < count, "triplet \(k) of \(count)")
        let (anchor, positive, negative) = positions(k)
        return Triplet(
            anchor: rows.rowNumbers[anchor], positive: rows.rowNumbers[positive],
            negative: rows.rowNumbers[negative])
    }

    @inline(__always)
    private func positions(_ k: Int) -> (anchor: Int, positive: Int, negative: Int) {
        let anchor = anchors.draw(UInt64(k))
        let key = scramble(anchorKey ^ UInt64(anchor.position))
        let negativeCount = negatives.count(anchor.group)
        let isFirstTurn = anchor.visit < negativeCount
        let turn = isFirstTurn ? 0 : anchor.visit / negativeCount
        let negative = negatives.position(
            visit: anchor.visit - turn * negativeCount, group: anchor.group, anchorKey: key)
        let positive = positives.position(
            anchor: anchor.position, group: anchor.group, negative: negative, turn: turn, anchorKey: key)
        return (anchor.position, positive, negative)
    }

    /// Writes the triplets of a range into three columns of row numbers, each as long as the range.
    package func fill(
        range: Range<Int>, anchor: inout MutableSpan<UInt32>, positive: inout MutableSpan<UInt32>,
        negative: inout MutableSpan<UInt32>
    ) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count, "triplets \(range) of \(count)")
        precondition(
            anchor.count == range.count && positive.count == range.count && negative.count == range.count,
            "\(range.count) triplets for columns of \(anchor.count), \(positive.count), \(negative.count)")
        for place in 0..<range.count {
            let triplet = positions(range.lowerBound + place)
            anchor[place] = UInt32(truncatingIfNeeded: triplet.anchor)
            positive[place] = UInt32(truncatingIfNeeded: triplet.positive)
            negative[place] = UInt32(truncatingIfNeeded: triplet.negative)
        }
        rows.replacePositions(&anchor)
        rows.replacePositions(&positive)
        rows.replacePositions(&negative)
    }
}
