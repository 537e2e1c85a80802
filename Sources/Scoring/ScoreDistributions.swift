/// How the scores of the two classes are distributed: d(AP) and d(AN) of triplets, targets and nontargets of trials.
package struct ScoreDistributions: Codable, Hashable, Sendable {
    package let sense: ScoreSense
    /// nil where the class is empty.
    package let target: ScoreMoments?
    package let nontarget: ScoreMoments?
    /// Over the range of all scores, with the same bins for both.
    package let targetHistogram: Histogram
    package let nontargetHistogram: Histogram
}

extension TrialScores {
    /// Mean, deviation and histogram of each class, in the sense of the scores.
    package func distributions(binCount: Int = 60) -> ScoreDistributions {
        let target = ScoreMoments(targets)?.turned(sense)
        let nontarget = ScoreMoments(nontargets)?.turned(sense)
        var lower = min(target?.minimum ?? .infinity, nontarget?.minimum ?? .infinity)
        var upper = max(target?.maximum ?? -.infinity, nontarget?.maximum ?? -.infinity)
        if lower == upper {
            let margin = max(0.5, abs(lower) * 0x1p-40)
            (lower, upper) = (lower - margin, upper + margin)
        }
        var histogram = Histogram(lower: lower, upper: upper, binCount: binCount)
        let empty = histogram
        for score in targets { histogram.add(sense.turned(score)) }
        let targetHistogram = histogram
        histogram = empty
        for score in nontargets { histogram.add(sense.turned(score)) }
        return ScoreDistributions(
            sense: sense, target: target, nontarget: nontarget, targetHistogram: targetHistogram,
            nontargetHistogram: histogram)
    }
}
