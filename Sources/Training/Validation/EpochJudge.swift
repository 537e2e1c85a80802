internal import Corpus

/// Judges the epochs of a phase by examples that are not trained on.
struct EpochJudge {
    /// What an epoch came to.
    struct Judgment {
        var validation: ValidationMetric?
        var heldOut: HeldOutMetrics?
        /// Of which more is better; nil where the epoch is not judged.
        var merit: Double?
    }

    private enum Question {
        case pairs(UnseenSpeakers)
        case tasks(OneShotTasks)
        case accuracy, loss
    }

    private let question: Question?
    private let everyBatches: Int?

    /// Asks nothing where the split has no validation side; an error where the rule cannot be followed on it.
    init(_ phase: TrainingPhase, _ heldOut: Side?, _ labels: RowLabels, seed: UInt64) throws(TrainingError) {
        let isThere = !labels.rows(of: .validation).isEmpty
        var every: Int?
        switch phase.validation {
        case _ where !isThere: question = nil
        case .none: question = nil
        case .equalErrorRate: question = UnseenSpeakers(labels, side: .validation).map { .pairs($0) }
        case .oneShot(let ways, let count, let everyBatches):
            every = everyBatches
            question =
                try OneShotTasks(labels, side: .validation, ways: ways, count: count, seed: seed)
                .map { .tasks($0) }
        case .accuracy, .loss:
            try EpochJudge.check(phase, heldOut)
            question = phase.validation == .loss ? .loss : .accuracy
        }
        everyBatches = every
    }

    /// Refuses what the phase's own questions cannot judge.
    private static func check(_ phase: TrainingPhase, _ heldOut: Side?) throws(TrainingError) {
        guard heldOut == .validation else {
            throw .unusable(
                phase.name == "pairs" || phase.name == "triplets"
                    ? "no \(phase.name) can be made of the side validation to judge epochs by; set train.validate: none"
                    : "train.validate: \(phase.validation) cannot judge the naming of speakers, as none of validation is "
                        + "trained on; set train.validate: eer, or split.by: utterance")
        }
        guard phase.validation == .accuracy, case .pairs(.contrastive) = phase.task else { return }
        throw .unusable(
            "train.validate: accuracy cannot judge the contrastive loss, which knows no right and wrong before a "
                + "threshold is chosen; set train.validate: eer or loss")
    }

    /// Whether epochs are judged at all.
    var judges: Bool { question != nil }

    func judgment(
        of work: PhaseWork, _ network: any Network, _ examples: MappedExamples
    ) throws(TrainingError) -> Judgment {
        let rows = rows.union(work.heldOut?.rows ?? [])
        guard !rows.isEmpty else { return Judgment() }
        let vectors = try RowVectors(of: rows, network, examples)
        var judgment = Judgment(heldOut: try work.heldOut?.metrics(vectors))
        judgment.validation = try validation(PairScores(network, vectors))
        switch question {
        case nil: break
        case .pairs: judgment.merit = judgment.validation?.equalErrorRate.map { 1 - $0 }
        case .tasks: judgment.merit = judgment.validation?.oneShotAccuracy
        case .accuracy: judgment.merit = judgment.heldOut?.accuracy
        case .loss: judgment.merit = judgment.heldOut.map { -$0.meanLoss }
        }
        return judgment
    }

    /// The accuracy of tasks within an epoch, where they are asked after step `step`.
    func oneShotAccuracy(
        step: Int, _ network: any Network, _ examples: MappedExamples
    ) throws(TrainingError) -> Double? {
        guard let everyBatches, step % everyBatches == 0, case .tasks(let tasks) = question else {
            return nil
        }
        return try tasks.accuracy(PairScores(network, RowVectors(of: tasks.rows, network, examples)))
    }

    private var rows: Set<UInt32> {
        switch question {
        case .pairs(let pairs): Set(pairs.rows)
        case .tasks(let tasks): Set(tasks.rows)
        case nil, .accuracy, .loss: []
        }
    }

    private func validation(_ scores: PairScores) throws(TrainingError) -> ValidationMetric? {
        switch question {
        case .pairs(let pairs): ValidationMetric(equalErrorRate: try pairs.equalErrorRate(scores).rate)
        case .tasks(let tasks): ValidationMetric(oneShotAccuracy: try tasks.accuracy(scores))
        case nil, .accuracy, .loss: nil
        }
    }
}
