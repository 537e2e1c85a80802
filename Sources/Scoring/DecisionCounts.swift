/// How the decisions at one threshold came out.
package struct DecisionCounts: Codable, Hashable, Sendable {
    package let threshold: Double
    /// Target trials accepted and rejected.
    package let truePositives: Int
    package let falseNegatives: Int
    /// Nontarget trials rejected and accepted.
    package let trueNegatives: Int
    package let falsePositives: Int

    package var count: Int { truePositives + falseNegatives + trueNegatives + falsePositives }
    /// Share of right decisions.
    package var accuracy: Double { Double(truePositives + trueNegatives) / Double(count) }
    /// Share of the target trials that are accepted, TP / (TP + FN); nil without target trials.
    package var positiveAccuracy: Double? { share(truePositives, falseNegatives) }
    /// Share of the nontarget trials that are rejected, TN / (TN + FP); nil without nontarget trials.
    package var negativeAccuracy: Double? { share(trueNegatives, falsePositives) }
    /// The mean of both, which does not depend on how many trials each class has; nil where one is empty.
    package var balancedAccuracy: Double? {
        guard let positiveAccuracy, let negativeAccuracy else { return nil }
        return (positiveAccuracy + negativeAccuracy) / 2
    }

    private func share(_ right: Int, _ wrong: Int) -> Double? {
        right + wrong == 0 ? nil : Double(right) / Double(right + wrong)
    }
}

extension TrialScores {
    /// The decisions at a threshold, which is in the sense of the scores and belongs to what is accepted. Binary
    /// search; one class may be empty.
    package func decisions(at threshold: Double) -> DecisionCounts {
        precondition(!threshold.isNaN, "a threshold that is not a number")
        let turned = sense.turned(threshold)
        let missed = TrialScores.countBelow(turned, targets)
        let rejected = TrialScores.countBelow(turned, nontargets)
        return DecisionCounts(
            threshold: threshold, truePositives: targetCount - missed, falseNegatives: missed,
            trueNegatives: rejected, falsePositives: nontargetCount - rejected)
    }

    /// How many of ascending values are below `value`.
    private static func countBelow(_ value: Double, _ values: [Double]) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = low + (high - low) / 2
            if values[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
