/// How an epoch stands after a step: what a progress bar or a line of metrics shows.
package struct StepProgress: Sendable {
    /// Of the epoch so far.
    package let report: EpochReport
    /// How many steps the epoch has.
    package let batchCount: Int
}
