/// How an epoch is judged: the best one is kept, and schedules and early stopping look at it.
package enum ValidationRule: Codable, Sendable, Hashable {
    case none
    /// The equal error rate over pairs of examples of validation speakers.
    case equalErrorRate
    /// The share of 1-shot tasks on the validation side answered rightly; also after every `everyBatches` batches.
    case oneShot(ways: Int, tasks: Int, everyBatches: Int?)

    /// Every so many batches, beside every epoch.
    var everyBatches: Int? {
        if case .oneShot(_, _, let count) = self { count } else { nil }
    }
}

/// What the validation of an epoch came to.
package struct ValidationMetric: Codable, Sendable, Hashable {
    /// 0 … 1, of which less is better.
    package var equalErrorRate: Double?
    /// 0 … 1, of which more is better.
    package var oneShotAccuracy: Double?

    /// Of which more is better.
    var merit: Double? { oneShotAccuracy ?? equalErrorRate.map { 1 - $0 } }
}

/// The examples that epochs are judged by: none of them is trained on.
struct ValidationExamples {
    private enum Question {
        case pairs(UnseenSpeakers)
        case tasks(OneShotTasks)
    }

    private let question: Question

    /// Nil where there is nothing to judge by.
    init?(_ rule: ValidationRule, _ labels: RowLabels, seed: UInt64) throws(TrainingError) {
        switch rule {
        case .none: return nil
        case .equalErrorRate:
            guard let pairs = UnseenSpeakers(labels, side: .validation) else { return nil }
            question = .pairs(pairs)
        case .oneShot(let ways, let count, _):
            guard
                let tasks = try OneShotTasks(labels, side: .validation, ways: ways, count: count, seed: seed)
            else { return nil }
            question = .tasks(tasks)
        }
    }

    func metric(
        _ network: any Network, _ examples: MappedExamples
    ) throws(TrainingError) -> ValidationMetric {
        switch question {
        case .pairs(let pairs):
            ValidationMetric(equalErrorRate: try pairs.equalErrorRate(network, examples).rate)
        case .tasks(let tasks): ValidationMetric(oneShotAccuracy: try tasks.accuracy(network, examples))
        }
    }
}
