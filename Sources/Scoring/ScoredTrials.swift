/// The trials of a list, each with its score from a score file, in the order of the trials.
package struct ScoredTrials: Sendable {
    package let scores: [Double]
    package let isTarget: [Bool]
    /// Scored pairs that no trial names.
    package let unusedScoreCount: Int

    /// Joins by the exact names, enrollment and test in this order. A pair may stand in both files several times, as it
    /// does in VoxCeleb's lists, but with one score. An error names the first trial without a score and how many
    /// there are.
    package init(_ trials: EvaluationTrials, _ scores: ScoreList) throws(ScoringError) {
        var places: [Pair: Int] = [:]
        places.reserveCapacity(scores.entries.count)
        for (index, entry) in scores.entries.enumerated() {
            let pair = Pair(entry.enrollment, entry.test)
            guard let place = places[pair] else {
                places[pair] = index
                continue
            }
            let other = scores.entries[place].score
            guard other == entry.score else {
                throw ScoringError(
                    "\(scores.path):\(scores.lines[index]):1: '\(entry.enrollment) \(entry.test)' scores \(entry.score) "
                        + "here and \(other) in line \(scores.lines[place]); a pair has one score")
            }
        }
        var found: [Double] = []
        var (missing, firstMissing) = (0, 0)
        var used: Set<Pair> = []
        for (index, trial) in trials.trials.enumerated() {
            let pair = Pair(trial.enrollment, trial.test)
            if let place = places[pair] {
                found.append(scores.entries[place].score)
                used.insert(pair)
            } else {
                if missing == 0 { firstMissing = index }
                missing += 1
            }
        }
        guard missing == 0 else {
            throw ScoredTrials.missing(trials, firstMissing, scores.path, missing, places)
        }
        (self.scores, isTarget) = (found, trials.trials.map(\.isTarget))
        unusedScoreCount = places.count - used.count
    }

    package func sorted(_ sense: ScoreSense) throws(ScoringError) -> TrialScores {
        try TrialScores(scores, isTarget: isTarget, sense: sense)
    }

    private struct Pair: Hashable {
        let enrollment: String
        let test: String

        init(_ enrollment: String, _ test: String) { (self.enrollment, self.test) = (enrollment, test) }
    }

    private static func missing(
        _ trials: EvaluationTrials, _ index: Int, _ path: String, _ count: Int, _ places: [Pair: Int]
    ) -> ScoringError {
        let trial = trials.trials[index]
        let turned = places[Pair(trial.test, trial.enrollment)] != nil
        return ScoringError(
            "\(trials.path):\(trials.lines[index]):1: \(path) has no score for '\(trial.enrollment) \(trial.test)'"
                + (turned ? ", only for the two the other way round" : "")
                + (count > 1 ? " and \(count - 1) more of \(trials.trials.count) trials" : "")
                + "; score every trial under the names that the list uses")
    }
}
