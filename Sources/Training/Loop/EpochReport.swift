/// What an epoch came to.
package struct EpochReport: Codable, Sendable, Hashable {
    /// Counted from 0.
    package let epoch: Int
    package let stepCount: Int
    /// How many pairs, triplets or examples.
    package let exampleCount: Int
    /// Mean over those.
    package let meanLoss: Double
    /// Share of them that were right; nil for a loss that knows no right and wrong.
    package let accuracy: Double?
    package let elapsedSeconds: Double
    /// Of these, waiting for batches.
    package let loaderSeconds: Double

    /// The loader's share of the time, 0…1.
    package var loaderShare: Double { elapsedSeconds > 0 ? loaderSeconds / elapsedSeconds : 0 }
}

/// The sums of an epoch that is under way. Part of a checkpoint, so that an interrupted epoch ends with the same report
/// but for its seconds.
package struct EpochTally: Codable, Sendable, Hashable {
    package private(set) var stepCount = 0
    package private(set) var exampleCount = 0
    private var lossSum = 0.0
    private var correctCount = 0
    private var knowsCorrect = true
    package var elapsedSeconds = 0.0
    package var loaderSeconds = 0.0

    package init() {}

    mutating func add(loss: Double, count: Int, correct: Int?) {
        stepCount += 1
        exampleCount += count
        lossSum += loss * Double(count)
        if let correct { correctCount += correct } else { knowsCorrect = false }
    }

    /// So far.
    package func report(epoch: Int) -> EpochReport {
        let count = Double(max(exampleCount, 1))
        return EpochReport(
            epoch: epoch, stepCount: stepCount, exampleCount: exampleCount, meanLoss: lossSum / count,
            accuracy: knowsCorrect && exampleCount > 0 ? Double(correctCount) / count : nil,
            elapsedSeconds: elapsedSeconds, loaderSeconds: loaderSeconds)
    }
}
