/// Scores of trials with the speakers of both sides: what resampling by speaker needs. A trial is a target trial when
/// both speakers are the same. Sorted once; 16 bytes for each trial.
package struct SpeakerTrials: Sendable {
    package let sense: ScoreSense
    package let speakerCount: Int
    /// In ascending order of the turned scores.
    let scores: [Double]
    let first: [UInt32]
    let second: [UInt32]

    /// `enrollment` and `test` are the speakers of each trial, 0..<speakerCount.
    package init(
        _ scores: [Double], enrollment: [UInt32], test: [UInt32], speakerCount: Int, sense: ScoreSense
    ) throws(ScoringError) {
        guard scores.count == enrollment.count, scores.count == test.count, !scores.isEmpty else {
            throw ScoringError(
                "there are \(scores.count) scores for \(enrollment.count) enrollment and \(test.count) test speakers; "
                    + "each trial has one of each")
        }
        for index in scores.indices {
            try TrialScores.check(scores[index], "score \(index + 1) of \(scores.count)")
            guard max(enrollment[index], test[index]) < speakerCount else {
                throw ScoringError(
                    "trial \(index + 1) names speaker \(max(enrollment[index], test[index])) of \(speakerCount)"
                )
            }
        }
        let order = (0..<UInt32(scores.count)).sorted {
            let (a, b) = (sense.turned(scores[Int($0)]), sense.turned(scores[Int($1)]))
            return a != b ? a < b : $0 < $1
        }
        self.scores = order.map { sense.turned(scores[Int($0)]) }
        first = order.map { enrollment[Int($0)] }
        second = order.map { test[Int($0)] }
        (self.speakerCount, self.sense) = (speakerCount, sense)
    }

    package var count: Int { scores.count }

    /// Where the scores at and above a threshold begin.
    func firstAccepted(_ threshold: Double) -> Int {
        let turned = sense.turned(threshold)
        var (low, high) = (0, scores.count)
        while low < high {
            let middle = low + (high - low) / 2
            if scores[middle] < turned { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
