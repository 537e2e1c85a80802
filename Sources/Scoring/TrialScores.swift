/// The scores of target trials (same speaker) and nontarget trials (different speakers), sorted.
///
/// Everything else here reads this: it is sorted once, O(n log n), and every measure is then one pass. Memory: 8 bytes
/// for each score. Scores that are not a number or beyond ±1e100 are refused; one class may be empty, not both.
package struct TrialScores: Sendable {
    package let sense: ScoreSense
    /// Ascending and turned: larger means more alike, whatever the sense.
    let targets: [Double]
    let nontargets: [Double]

    /// Takes one score and one label for each trial.
    package init(_ scores: [Double], isTarget: [Bool], sense: ScoreSense) throws(ScoringError) {
        guard scores.count == isTarget.count else {
            throw ScoringError(
                "there are \(scores.count) scores and \(isTarget.count) labels; each trial has one of both")
        }
        let targetCount = isTarget.count(where: { $0 })
        var (targets, nontargets): ([Double], [Double]) = ([], [])
        targets.reserveCapacity(targetCount)
        nontargets.reserveCapacity(scores.count - targetCount)
        for (index, score) in scores.enumerated() {
            try TrialScores.check(score, "score \(index + 1) of \(scores.count)")
            if isTarget[index] {
                targets.append(sense.turned(score))
            } else {
                nontargets.append(sense.turned(score))
            }
        }
        try self.init(turnedTargets: targets, turnedNontargets: nontargets, sense: sense)
    }

    /// Takes the scores of the two classes, in any order.
    package init(targets: [Double], nontargets: [Double], sense: ScoreSense) throws(ScoringError) {
        for (index, score) in targets.enumerated() {
            try TrialScores.check(score, "target score \(index + 1) of \(targets.count)")
        }
        for (index, score) in nontargets.enumerated() {
            try TrialScores.check(score, "nontarget score \(index + 1) of \(nontargets.count)")
        }
        try self.init(
            turnedTargets: targets.map(sense.turned), turnedNontargets: nontargets.map(sense.turned),
            sense: sense)
    }

    private init(turnedTargets: [Double], turnedNontargets: [Double], sense: ScoreSense) throws(ScoringError)
    {
        guard !(turnedTargets.isEmpty && turnedNontargets.isEmpty) else {
            throw ScoringError("there are no scores; evaluation needs at least one trial")
        }
        var (targets, nontargets) = (turnedTargets, turnedNontargets)
        targets.sort()
        nontargets.sort()
        (self.targets, self.nontargets, self.sense) = (targets, nontargets, sense)
    }

    package var targetCount: Int { targets.count }
    package var nontargetCount: Int { nontargets.count }
    package var count: Int { targets.count + nontargets.count }

    /// Beyond this the squares of scores leave Double's range.
    private static let limit = 1e100

    static func check(_ score: Double, _ place: @autoclosure () -> String) throws(ScoringError) {
        guard !(abs(score) <= limit) else { return }
        let fault = score.isNaN ? "not a number" : score.isInfinite ? "infinite" : "beyond ±\(limit)"
        throw ScoringError(
            "\(place()) is \(fault); an embedding of zeros or a diverged network gives such scores, so look at "
                + "the trial before evaluating")
    }

    /// Refuses what needs both classes.
    func needBoth(_ measure: String) throws(ScoringError) {
        guard targets.isEmpty || nontargets.isEmpty else { return }
        throw ScoringError(
            "there are \(targetCount) target and \(nontargetCount) nontarget trials; \(measure) needs both")
    }
}
