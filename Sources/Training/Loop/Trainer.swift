internal import Corpus
package import Torch

/// Takes the steps of training: loss, gradient, optimizers. Knows nothing of files, recipes or terminals.
///
/// The first optimizer moves the network and follows the schedule; others, as that of the contrastive-center loss, keep
/// their rate.
package final class Trainer {
    package let network: any Network
    package let optimizers: [Optimizer]
    /// Tensors that are learned beside the network: the centers of a loss, by name.
    package let companions: [(name: String, store: ParameterStore)]
    package internal(set) var state: TrainerState
    private let gradientLimit: Double?
    private let dropoutSeeds: KeyedRandom

    /// - Parameters:
    ///   - state: the seed and the schedule of a new run.
    ///   - gradientLimit: the length that all gradients of the network together are clipped to.
    package init(
        _ network: any Network, optimizers: [Optimizer], state: TrainerState,
        companions: [(name: String, store: ParameterStore)] = [], gradientLimit: Double? = nil
    ) {
        precondition(!optimizers.isEmpty, "training needs an optimizer")
        self.network = network
        self.optimizers = optimizers
        self.state = state
        self.companions = companions
        self.gradientLimit = gradientLimit
        dropoutSeeds = KeyedRandom(seed: state.seed, domain: "train.dropout")
    }

    package var learningRate: Double { optimizers[0].learningRate }

    /// One step of all optimizers along the gradient of one batch's loss.
    package func step<Aim: Objective>(_ batch: Aim.Batch, _ objective: Aim) throws(TrainingError) {
        let loss = try TrainingError.wrapping { () throws(TorchError) in
            try LibTorch.seed(dropoutSeeds.bits(UInt64(state.stepCount)))
            for optimizer in optimizers { try optimizer.clearGradients() }
            let outcome = try objective.outcome(of: batch, network, .training)
            try outcome.loss.backward()
            if let gradientLimit { try optimizers[0].clipGradients(to: gradientLimit) }
            for optimizer in optimizers { try optimizer.step() }
            let loss = Double(try outcome.loss.number())
            state.tally.add(loss: loss, count: outcome.count, correct: outcome.correct)
            return loss
        }
        state.stepCount += 1
        guard loss.isFinite else {
            throw .diverged(
                "the loss is \(loss) in step \(state.tally.stepCount) of epoch \(state.epoch + 1); "
                    + "try a smaller learning rate than \(learningRate)")
        }
    }

    /// The steps of the epoch under way that are still to be taken. `afterStep` is told how it stands and may end the
    /// epoch early by returning false; then nil is returned, and another call goes on.
    package func finishSteps<Source: BatchSource, Aim: Objective>(
        _ source: Source, _ objective: Aim,
        afterStep: (StepProgress) throws(TrainingError) -> Bool = { _ in true }
    ) throws(TrainingError) -> EpochReport? where Source.Batch == Aim.Batch {
        let clock = ContinuousClock()
        while state.tally.stepCount < source.batchCount {
            let start = clock.now
            let batch = try source.batch(state.tally.stepCount, epoch: state.epoch)
            let loaded = clock.now
            try step(batch, objective)
            state.tally.loaderSeconds += (loaded - start) / .seconds(1)
            state.tally.elapsedSeconds += (clock.now - start) / .seconds(1)
            let progress = StepProgress(
                report: state.tally.report(epoch: state.epoch), batchCount: source.batchCount)
            guard try afterStep(progress) else { return nil }
        }
        return state.tally.report(epoch: state.epoch)
    }

    /// Ends the epoch: the schedule sets the next one's rate, and the metric may be the best so far.
    ///
    /// - Parameter metric: of the validation, of which more is better.
    /// - Returns: whether it is the best so far.
    @discardableResult
    package func finishEpoch(metric: Double?) -> Bool {
        optimizers[0].learningRate = state.schedule.rate(after: metric, current: learningRate)
        let isBest = metric.map { metric in state.bestMetric.map { metric > $0 } ?? true } ?? false
        if isBest { (state.bestMetric, state.bestEpoch) = (metric, state.epoch) }
        state.epoch += 1
        state.tally = EpochTally()
        return isBest
    }

    /// What questions come to whose examples are embedded already, with nothing learned.
    ///
    /// - Parameter batchSize: of the training, as the loss of centers depends on it.
    func outcome<Questions: HeldOutQuestions, Aim: Objective>(
        of questions: Questions, _ vectors: RowVectors, batchSize: Int, _ objective: Aim
    ) throws(TrainingError) -> HeldOutMetrics where Questions.Batch == Aim.Batch {
        var tally = EpochTally()
        for start in stride(from: 0, to: questions.count, by: batchSize) {
            let range = start..<min(start + batchSize, questions.count)
            try TrainingError.wrapping { () throws(TorchError) in
                try LibTorch.withoutGradients { () throws(TorchError) in
                    let batch = try questions.batch(range, vectors, network.store.device)
                    let outcome = try objective.outcome(ofEmbedded: batch, network, .evaluation)
                    tally.add(
                        loss: Double(try outcome.loss.number()), count: outcome.count,
                        correct: outcome.correct)
                }
            }
        }
        return HeldOutMetrics(side: questions.side, tally.report(epoch: state.epoch))
    }
}
