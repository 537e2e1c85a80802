import Corpus

/// The order in which different pairs are drawn: draw i is a pair of positions, no two draws the same pair.
///
/// Without balance: a permutation of all different pairs. By speaker: `DifferentPairRounds`. By example:
/// `CirculantDraws`.
struct DifferentPairDraws: Sendable {
    private let pairs: DifferentPairs
    private let isBalanced: Bool
    private let order: IndexPermutation
    private let rounds: DifferentPairRounds
    /// For balance by example: a circle of all rows, or one for each sex.
    private let circles: CirculantDraws?
    private let rows: PairRows
    private let rowKey: UInt64
    let count: UInt64
    /// Draws for which the guarantee of the balance holds.
    let balancedCount: UInt64

    init(_ rows: PairRows, _ rules: PairRules, seed: UInt64) {
        let random = KeyedRandom(seed: seed, domain: "pairs.different")
        isBalanced = rules.balance == .speaker
        pairs = DifferentPairs(rows, rules.negatives)
        order = IndexPermutation(size: max(pairs.count, 1), seed: random.bits(0))
        let strata = isBalanced ? rows.strata(rules.negatives) : []
        rounds = DifferentPairRounds(rows, strata, quota: rules.maximumPerSpeaker, seed: seed)
        circles =
            rules.balance == .example
            ? CirculantDraws(DifferentPairDraws.circles(rows, rules.negatives), random: random) : nil
        self.rows = rows
        rowKey = random.bits(7)
        count = circles?.count ?? (isBalanced ? rounds.count : pairs.count)
        balancedCount = circles?.count ?? (isBalanced ? rounds.balancedCount : pairs.count)
    }

    /// The two positions of draw `index`, which is below the count.
    @inline(__always)
    func positions(_ index: UInt64) -> (Int, Int) {
        if let circles { return positions(circles.places(index)) }
        if isBalanced { return rounds.positions(index) }
        return pairs.positions(order[index])
    }

    private static func circles(
        _ rows: PairRows, _ negatives: PairRules.Negatives
    ) -> [CirculantDraws.Circle] {
        rows.strata(negatives).filter { !$0.isEmpty }.map { groups in
            let start = rows.start(groups.lowerBound)
            return CirculantDraws.Circle(
                start: start, size: rows.start(groups.upperBound) - start,
                least: groups.map(rows.size).max() ?? 0)
        }
    }

    @inline(__always)
    private func positions(_ places: (circle: CirculantDraws.Circle, a: Int, b: Int)) -> (Int, Int) {
        func row(_ place: Int) -> Int {
            let position = places.circle.start + place
            let group = rows.group(of: position)
            return rows.shuffled(position, in: rows.start(group)..<rows.start(group + 1), key: rowKey)
        }
        return (row(places.a), row(places.b))
    }
}
