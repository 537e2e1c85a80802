import Corpus

/// A list of verification trials that is computed, not stored: trial k comes from (rows, parameters, seed, k)
/// alone. Rows are utterances here.
///
/// No two trials hold the same two utterances in either order and none holds an utterance twice; a longer list
/// continues a shorter one. Kind `all` is every pair the rules allow in a random order (`EveryTrial`);
/// `balanced` and `hard` are pairs with an exact share of targets (`PairPlan`). The label of a target is 1.
package struct TrialPlan: Sendable {
    /// More trials than this are made only when a count asks for them: 900 MB of them by reference.
    package static let largestUnasked = 100_000_000

    package let count: Int
    /// How many trials of each kind the rows and rules allow.
    package let targetsAvailable: UInt64
    package let nontargetsAvailable: UInt64
    private let rows: PairRows
    private let draws: Draws

    private enum Draws: Sendable {
        case every(EveryTrial)
        case pairs(PairPlan)
    }

    /// Throws when fewer trials exist than are asked for, none at all, or too many to be meant.
    package init(rows: PairRows, parameters: TrialParameters, seed: UInt64) throws(PairError) {
        self.rows = rows
        let rules = PairRules(
            positives: parameters.positives, negatives: parameters.negatives,
            positiveShare: parameters.target ?? .half)
        let every = EveryTrial(rows, rules, seed: seed)
        targetsAvailable = every.targetCount
        nontargetsAvailable = every.count - every.targetCount
        let most =
            parameters.kind == .all
            ? every.count : try PairPlan(rows: rows, rules: rules, count: 0, seed: seed).largestCount
        // Of balanced trials the first is a target: one target alone is no list.
        let isOneSided = parameters.kind != .all && nontargetsAvailable == 0
        guard most > 0, !isOneSided || rules.positiveShare.numerator == rules.positiveShare.denominator else {
            throw .noTrial(rows: rows, targets: targetsAvailable, nontargets: nontargetsAvailable)
        }
        if parameters.kind == .all {
            count = try TrialPlan.checked(parameters.count, most: most, rows)
            draws = .every(every)
            return
        }
        switch parameters.count {
        case .total(let total): count = total
        case .all:
            count = try TrialPlan.checked(.all, most: most, rows)
        }
        draws = .pairs(try PairPlan(rows: rows, rules: rules, count: count, seed: seed))
    }

    private static func checked(
        _ asked: TrialParameters.Count, most: UInt64, _ rows: PairRows
    ) throws(PairError) -> Int {
        switch asked {
        case .total(let count):
            guard UInt64(count) <= most else {
                throw .tooFewTrials(asked: count, available: most, rows: rows)
            }
            return count
        case .all:
            guard most <= UInt64(largestUnasked) else { throw .tooManyTrials(most, rows: rows) }
            return Int(most)
        }
    }

    /// Trial `k`, which is in `0..<count`.
    package subscript(k: Int) -> Pair {
        precondition(k >= 0 && k < count, "trial \(k) of \(count)")
        switch draws {
        case .every(let every):
            let (a, b, isSame) = every.positions(k)
            return Pair(a: rows.rowNumbers[a], b: rows.rowNumbers[b], isSame: isSame)
        case .pairs(let plan): return plan[k]
        }
    }

    /// Writes the trials of a range into three columns as long as the range: row numbers and labels, 1 for targets.
    package func fill(
        range: Range<Int>, a: inout MutableSpan<UInt32>, b: inout MutableSpan<UInt32>,
        label: inout MutableSpan<UInt8>
    ) {
        switch draws {
        case .every(let every):
            for place in 0..<range.count {
                let trial = every.positions(range.lowerBound + place)
                a[place] = UInt32(truncatingIfNeeded: trial.a)
                b[place] = UInt32(truncatingIfNeeded: trial.b)
                label[place] = trial.isSame ? 1 : 0
            }
            rows.replacePositions(&a)
            rows.replacePositions(&b)
        case .pairs(let plan): plan.fill(range: range, a: &a, b: &b, label: &label)
        }
    }
}
