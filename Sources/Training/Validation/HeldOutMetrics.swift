package import Corpus

/// What a phase's own questions come to on examples that it did not learn from.
package struct HeldOutMetrics: Codable, Sendable, Hashable {
    /// Validation; or test where the split has no validation, and then nothing is chosen by it.
    package let side: Side
    /// How many pairs, triplets or examples.
    package let exampleCount: Int
    /// Mean over those.
    package let meanLoss: Double
    /// Share of them that were right; nil for a loss that knows no right and wrong.
    package let accuracy: Double?

    init(side: Side, _ report: EpochReport) {
        self.side = side
        exampleCount = report.exampleCount
        meanLoss = report.meanLoss
        accuracy = report.accuracy
    }
}
