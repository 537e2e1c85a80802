/// How an epoch stands after a step: what a progress bar or a line of metrics shows.
package struct StepProgress: Sendable {
    /// Of the epoch so far.
    package let report: EpochReport
    /// How many steps the epoch has.
    package let batchCount: Int
    package let learningRate: Double

    /// Until the epoch's end, at the pace so far.
    package var secondsLeft: Double {
        report.elapsedSeconds / Double(max(report.stepCount, 1)) * Double(batchCount - report.stepCount)
    }
}
