/// How a threshold is chosen. Choose on validation scores only and evaluate on others: a threshold that has seen the
/// trials it is judged by flatters itself.
package enum ThresholdRule: Codable, Hashable, Sendable {
    /// Where the two error rates differ least.
    case equalErrorRate
    /// Where most decisions are right; of several such the one whose error rates differ least, then the one that
    /// accepts most.
    case bestAccuracy
    /// Where the cost is least.
    case minimumCost(DetectionCost)
    /// FBankNet's: the mean of the target scores, and so many of their (population) deviations towards "unlike":
    /// μ_AP + 3σ_AP for distances.
    case deviations(Double)
}

extension TrialScores {
    /// The threshold that a rule chooses on these scores, in their sense.
    package func threshold(_ rule: ThresholdRule) throws(ScoringError) -> Double {
        switch rule {
        case .equalErrorRate: try equalErrorRate().threshold
        case .bestAccuracy: try threshold(of: mostAccurate())
        case .minimumCost(let parameters): try minimumCost(parameters).threshold
        case .deviations(let count): try deviationThreshold(count)
        }
    }

    private func deviationThreshold(_ count: Double) throws(ScoringError) -> Double {
        guard let moments = ScoreMoments(targets) else {
            throw ScoringError("there are no target trials; a threshold from their distribution needs some")
        }
        return sense.turned(moments.mean - count * moments.deviation)
    }

    private func mostAccurate() throws(ScoringError) -> OperatingPoint {
        try needBoth("the threshold of the best accuracy")
        var best: OperatingPoint?
        for point in ErrorSweep(self) {
            guard let other = best else {
                best = point
                continue
            }
            let (wrong, otherWrong) = (
                point.missCount + point.falseAlarmCount, other.missCount + other.falseAlarmCount
            )
            let isBetter =
                wrong != otherWrong ? wrong < otherWrong : abs(point.surplus) < abs(other.surplus)
            if isBetter { best = point }
        }
        guard let best else { throw ScoringError("there are no scores") }
        return best
    }
}
