/// What an epoch of a run came to: a line of `metrics.jsonl`.
package struct EpochMetrics: Codable, Sendable, Hashable {
    /// Counted from 0.
    package let phase: Int
    package let task: String
    package let report: EpochReport
    /// The learning rate of the epoch.
    package let rate: Double
    /// On speakers of the validation side, none of whom was trained on where the split is by speaker.
    package let validation: ValidationMetric?
    /// The same loss and questions on examples that were not trained on.
    package var heldOut: HeldOutMetrics?
    /// What epochs of the phase are judged by, of which more is better; nil where none is judged.
    package var merit: Double?
    /// Whether it is the best epoch of its phase so far.
    package let isBest: Bool
    /// How long it took to judge it, after `report.elapsedSeconds` of training; nil in lists of before that was told.
    package var judgeSeconds: Double?
}

/// What tasks within an epoch came to: a line of `tasks.jsonl`.
package struct TaskMetrics: Codable, Sendable, Hashable {
    /// Counted from 0.
    package let phase: Int
    /// Steps of the phase so far.
    package let step: Int
    package let oneShotAccuracy: Double
}
