import Corpus

/// Every pair of rows that the rules allow, in a random order that is computed, not stored: each exactly once,
/// and any prefix of them a sample in which each is equally likely.
struct EveryTrial: Sendable {
    private let same: SamePairs
    private let different: DifferentPairs
    private let order: IndexPermutation
    private let coinKey: UInt64

    init(_ rows: PairRows, _ rules: PairRules, seed: UInt64) {
        same = SamePairs(rows, rules.positives)
        different = DifferentPairs(rows, rules.negatives)
        let random = KeyedRandom(seed: seed, domain: "trials.every")
        order = IndexPermutation(size: max(same.count + different.count, 1), seed: random.bits(0))
        coinKey = random.bits(1)
    }

    var targetCount: UInt64 { same.count }
    var count: UInt64 { same.count + different.count }

    /// The two positions of trial `k`, which is below the count, and whether it is a target.
    func positions(_ k: Int) -> (a: Int, b: Int, isSame: Bool) {
        let number = order[UInt64(k)]
        let isSame = number < same.count
        let (x, y) = isSame ? same.positions(number) : different.positions(number - same.count)
        let swapped = scramble(coinKey ^ UInt64(k)) & 1 == 1
        return (swapped ? y : x, swapped ? x : y, isSame)
    }
}
