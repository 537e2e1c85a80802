/// How the epochs of a phase are judged: the best one is kept, and schedules and early stopping look at it.
package enum ValidationRule: Codable, Sendable, Hashable {
    case none
    /// The equal error rate over pairs of examples of validation speakers.
    case equalErrorRate
    /// The share of 1-shot tasks on the validation side answered rightly; also after every `everyBatches` batches.
    case oneShot(ways: Int, tasks: Int, everyBatches: Int?)
    /// The share of the phase's own questions that are answered rightly on the validation side.
    case accuracy
    /// The phase's own loss on the validation side.
    case loss

    /// Whether it asks every phase the same, so that phases can be compared by it.
    var isAcrossPhases: Bool {
        switch self {
        case .equalErrorRate, .oneShot: true
        case .none, .accuracy, .loss: false
        }
    }
}

/// What the validation of an epoch came to, beside the phase's own questions.
package struct ValidationMetric: Codable, Sendable, Hashable {
    /// 0 … 1, of which less is better.
    package var equalErrorRate: Double?
    /// 0 … 1, of which more is better.
    package var oneShotAccuracy: Double?
}
