/// The two readings of FBankNet's threshold μ_AP + 3σ_AP, of distances between anchors and positives in the order of
/// the batches.
///
/// The text takes σ for the spread of pairs; the authors' code takes that of the means of batches of 32, which is about
/// √32 times smaller, so that its threshold accepts about 70 % of true pairs where the other accepts 99.9 %. Print both.
package struct FBankNetThresholds: Codable, Hashable, Sendable {
    package let mean: Double
    /// The population deviation of the distances.
    package let pairDeviation: Double
    /// The population deviation of the means of batches.
    package let batchDeviation: Double
    package let ofPairs: Double
    package let ofBatches: Double

    /// `batchSize` is the authors' 32; the last batch may be smaller. An error without distances, or for one that is
    /// no finite number.
    package init(positiveDistances: [Double], batchSize: Int = 32, deviations: Double = 3)
        throws(ScoringError)
    {
        precondition(batchSize >= 1, "batches of \(batchSize)")
        for (index, distance) in positiveDistances.enumerated() {
            try TrialScores.check(distance, "distance \(index + 1) of \(positiveDistances.count)")
        }
        let means = stride(from: 0, to: positiveDistances.count, by: batchSize).compactMap { start in
            ScoreMoments(Array(positiveDistances[start..<min(start + batchSize, positiveDistances.count)]))?
                .mean
        }
        guard let pairs = ScoreMoments(positiveDistances), let batches = ScoreMoments(means) else {
            throw ScoringError(
                "there are no distances of anchors and positives; the threshold is made of them")
        }
        (mean, pairDeviation, batchDeviation) = (pairs.mean, pairs.deviation, batches.deviation)
        ofPairs = pairs.mean + deviations * pairs.deviation
        ofBatches = batches.mean + deviations * batches.deviation
    }
}
