import Corpus

/// Which anchors are visited, in which order, and what each is visited for.
///
/// An epoch visits every anchor once, in another random order. Of the visits 0 ..< count exactly as many are for same
/// pairs as `PairPlan` would draw. Places number anchors in the order of the first epoch.
package struct MiningPlan: Sendable {
    /// One pair or triplet that is asked for.
    struct Visit {
        /// Its place among all that are asked for.
        let order: Int
        let isSame: Bool
    }

    let rows: PairRows
    let rules: PairRules
    let mining: MiningRules
    /// How many pairs or triplets are asked for.
    package let count: Int
    /// Positions of the rows that can be anchors.
    let anchors: [UInt32]
    private let epochs: KeyedRandom
    private let draws: KeyedRandom
    private let coinKey: UInt64

    /// - Throws: when no row can be an anchor.
    package init(
        rows: PairRows, rules: PairRules, mining: MiningRules, count: PairParameters.Count, seed: UInt64
    ) throws(PairError) {
        self.rows = rows
        self.rules = rules
        self.mining = mining
        epochs = KeyedRandom(seed: seed, domain: "mining.epochs")
        draws = KeyedRandom(seed: seed, domain: "mining.draws")
        coinKey = KeyedRandom(seed: seed, domain: "mining.coin").bits(0)
        anchors = MiningPlan.anchors(rows, rules)
        switch count {
        case .total(let count): self.count = count
        case .each(let times): self.count = times * anchors.count
        }
        guard !anchors.isEmpty else {
            let single = MiningPlan.groupsWithoutPositive(rows, rules)
            throw .noAnchor(
                asked: UInt64(self.count), rows: rows, lackPositive: single,
                lackNegative: rows.speakerCount - single)
        }
    }

    /// How many rows can be an anchor, and how many cannot.
    package var anchorCount: Int { anchors.count }
    package var ineligibleCount: Int { rows.count - anchors.count }

    /// How often an anchor is visited at most.
    var epochCount: Int { (count + anchors.count - 1) / anchors.count }

    /// Pairs of any row are asked for; a triplet's anchor needs a positive and a negative.
    private static func anchors(_ rows: PairRows, _ rules: PairRules) -> [UInt32] {
        guard rules.kind == .triplets else { return (0..<UInt32(rows.count)).map { $0 } }
        var anchors: [UInt32] = []
        for stratum in rows.strata(rules.negatives) where stratum.count > 1 {
            for group in stratum where hasPositive(group, rows, rules) {
                anchors += UInt32(rows.start(group))..<UInt32(rows.start(group + 1))
            }
        }
        return anchors
    }

    private static func hasPositive(_ group: Int, _ rows: PairRows, _ rules: PairRules) -> Bool {
        rules.positives == .any ? rows.size(group) > 1 : rows.blocks(group).count > 1
    }

    private static func groupsWithoutPositive(_ rows: PairRows, _ rules: PairRules) -> Int {
        (0..<rows.speakerCount).reduce(0) { $0 + (hasPositive($1, rows, rules) ? 0 : 1) }
    }

    private func order(ofEpoch epoch: Int) -> IndexPermutation {
        IndexPermutation(size: UInt64(anchors.count), seed: epochs.bits(UInt64(epoch)))
    }

    /// The number of the anchor at a place, which is below `anchorCount`.
    func anchor(at place: Int) -> Int { Int(order(ofEpoch: 0)[UInt64(place)]) }

    /// What anchor number `anchor` is visited for.
    func visits(of anchor: Int) -> [Visit] {
        (0..<epochCount).compactMap { epoch in
            let order =
                epoch * anchors.count + Int(self.order(ofEpoch: epoch).index(of: UInt64(anchor)))
            guard order < count else { return nil }
            let share = rules.positiveShare
            let isSame = share.sameCount(before: order + 1) > share.sameCount(before: order)
            return Visit(order: order, isSame: rules.kind == .pairs && isSame)
        }
    }

    /// The group of a position.
    func group(of position: Int) -> Int {
        partitionPoint(1..<max(rows.speakerCount, 1)) { rows.start($0) <= position } - 1
    }

    /// The positions of the group.
    func positions(of group: Int) -> Range<Int> { rows.start(group)..<rows.start(group + 1) }

    /// The positions of its group that `position` may not stand with: itself, or its whole session.
    func excluded(_ position: Int, group: Int) -> Range<Int> {
        rules.positives == .any
            ? position..<(position + 1) : rows.positions(block: rows.block(of: position, group: group))
    }

    /// Whether the pair of two positions belongs to the first: pairs have one owner each, by a fair coin, so that none
    /// comes twice. Triplets have an anchor instead.
    func owns(_ position: Int, _ other: Int) -> Bool {
        guard rules.kind == .pairs else { return true }
        return (coin(position, other) & 1 == 0) == (rows.rowNumbers[position] < rows.rowNumbers[other])
    }

    /// Whether the owner stands second in the pair.
    func isSwapped(_ position: Int, _ other: Int) -> Bool { coin(position, other) & 2 == 0 }

    private func coin(_ position: Int, _ other: Int) -> UInt64 {
        let (a, b) = (UInt64(rows.rowNumbers[position]), UInt64(rows.rowNumbers[other]))
        return scramble(coinKey ^ (min(a, b) << 32 | max(a, b)))
    }

    /// The `turn`-th of `count` things in the random order of a position and another.
    func draw(_ turn: Int, of count: Int, _ position: Int, _ other: Int) -> Int {
        let key = draws.bits(UInt64(rows.rowNumbers[position]), UInt64(rows.rowNumbers[other]))
        return Int(IndexPermutation(size: UInt64(count), seed: key)[UInt64(turn)])
    }
}
