import Corpus

/// The order in which different pairs are drawn: draw i is a pair of positions, no two draws the same pair.
///
/// Without balance: a permutation of all different pairs. By speaker: `DifferentPairRounds`.
struct DifferentPairDraws: Sendable {
    private let pairs: DifferentPairs
    private let isBalanced: Bool
    private let order: IndexPermutation
    private let rounds: DifferentPairRounds
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
        count = isBalanced ? rounds.count : pairs.count
        balancedCount = isBalanced ? rounds.balancedCount : pairs.count
    }

    /// The two positions of draw `index`, which is below the count.
    @inline(__always)
    func positions(_ index: UInt64) -> (Int, Int) {
        if isBalanced { return rounds.positions(index) }
        return pairs.positions(order[index])
    }
}
