import Corpus

/// Among the `tries` seeds from `rules.seed` on, the first whose stable split of these speakers comes nearest
/// to the shares (in the measure and strata of the rules), and how far off it is.
///
/// A person runs this once and writes the seed into the recipe: from then on the split is as stable as any.
package func balancedSeed(
    _ speakers: [SplitCandidate], _ rules: SplitRules, tries: Int = 1_000
) throws(SplitError) -> (seed: UInt64, deviation: Double) {
    precondition(tries >= 1, "\(tries) seeds to try")
    var trial = rules
    (trial.by, trial.assignment) = (.speaker, .stable)
    var best = (seed: rules.seed, deviation: Double.infinity)
    for offset in 0..<UInt64(tries) {
        trial.seed = rules.seed &+ offset
        let report = SplitReport(speakers, try assignSpeakers(speakers, trial))
        let deviation = report.deviation(from: trial)
        if deviation < best.deviation { best = (trial.seed, deviation) }
    }
    return best
}
