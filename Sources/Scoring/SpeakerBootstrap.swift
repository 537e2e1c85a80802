import Corpus

/// Confidence intervals by resampling speakers. Trials of one speaker stand or fall together, so intervals that treat
/// trials as independent are far too narrow; what is drawn anew, with replacement, are the speakers.
///
/// In a replicate a speaker that is drawn w times has weight w. A target trial counts as often as its speaker, a
/// nontarget trial as often as the product of its two (A. B. Owen, "The pigeonhole bootstrap", 2007). Intervals are the
/// percentiles of the replicates. Draw number d of replicate r is a function of (seed, r, d) alone.
package struct SpeakerBootstrap: Sendable {
    package let replicateCount: Int
    package let confidence: Double
    private let random: KeyedRandom

    package init(seed: UInt64, replicateCount: Int = 1000, confidence: Double = 0.95) {
        precondition(replicateCount >= 1 && confidence > 0 && confidence < 1, "\(replicateCount) replicates")
        (self.replicateCount, self.confidence) = (replicateCount, confidence)
        random = KeyedRandom(seed: seed, domain: "scoring.bootstrap")
    }

    package struct Intervals: Codable, Hashable, Sendable {
        package let equalErrorRate: ConfidenceInterval
        /// By each of the parameters that were given.
        package let minimumCosts: [ConfidenceInterval]
        /// At each of the thresholds that were given.
        package let accuracies: [ConfidenceInterval]
        /// Replicates that held both target and nontarget trials, and so count; with few speakers some do not.
        package let usedCount: Int
    }

    /// The intervals of EER (by the rate's convention), of minDCF by each of `costs` and of the accuracy at each of
    /// `thresholds`. An error with fewer than two speakers, or when no replicate holds both classes.
    package func intervals(
        _ trials: SpeakerTrials, costs: [DetectionCost], thresholds: [Double] = []
    ) throws(ScoringError) -> Intervals {
        var figures: [WeightedErrors] = []
        for replicate in 0..<replicateCount where trials.speakerCount >= 2 {
            let weights = weights(replicate, speakerCount: trials.speakerCount)
            if let errors = WeightedErrors(
                trials, weights: weights, costs: costs, thresholds: thresholds)
            {
                figures.append(errors)
            }
        }
        guard !figures.isEmpty else {
            throw ScoringError(
                "resampling \(trials.speakerCount) speakers never gave both target and nontarget trials; an interval "
                    + "by speaker needs more speakers")
        }
        func interval(_ figure: (WeightedErrors) -> Double) -> ConfidenceInterval {
            ConfidenceInterval(percentilesOf: figures.map(figure), confidence: confidence)
        }
        return Intervals(
            equalErrorRate: interval(\.equalErrorRate),
            minimumCosts: costs.indices.map { place in interval { $0.minimumCosts[place] } },
            accuracies: thresholds.indices.map { place in interval { $0.accuracies[place] } },
            usedCount: figures.count)
    }

    /// How often each speaker is drawn in a replicate.
    func weights(_ replicate: Int, speakerCount: Int) -> [Int] {
        var weights = [Int](repeating: 0, count: speakerCount)
        for draw in 0..<UInt64(speakerCount) {
            weights[Int(random.below(UInt64(speakerCount), UInt64(replicate), draw))] += 1
        }
        return weights
    }
}
