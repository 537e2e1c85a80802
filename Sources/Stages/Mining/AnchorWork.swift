/// An anchor that is being mined for.
struct AnchorWork {
    let position: Int
    let group: Int
    let visits: [MiningPlan.Visit]
    /// The rows it stands with in same pairs or as anchor and positive: drawn ones, or the farthest first.
    var positives: [Int] = []
    /// The scores of drawn positives: the negatives looked for have less.
    var limits: [Float] = []

    /// How many visits want a positive, and how many a row of another speaker.
    func positiveVisitCount(_ rules: PairRules) -> Int {
        rules.kind == .triplets ? visits.count : visits.reduce(0) { $0 + ($1.isSame ? 1 : 0) }
    }

    func negativeVisitCount(_ rules: PairRules) -> Int {
        rules.kind == .triplets ? visits.count : visits.count - positiveVisitCount(rules)
    }

    /// How many lists of negatives it needs: one for each positive where the positive limits them.
    func listCount(_ plan: MiningPlan) -> Int {
        plan.mining.kind == .semiHard ? limits.count : (negativeVisitCount(plan.rules) > 0 ? 1 : 0)
    }

    /// How often each positive comes, the first ones.
    var turnCount: Int { positives.isEmpty ? 0 : (visits.count - 1) / positives.count + 1 }
}
