internal import Corpus
internal import Torch

/// What a phase's trainer is made of: its batches, its objective and its questions about other examples behind
/// functions.
struct PhaseWork {
    typealias AfterStep = (StepProgress) throws(TrainingError) -> Void

    /// The phase's own questions about examples that it does not learn from.
    struct HeldOut {
        let side: Side
        let rows: Set<UInt32>
        let metrics: (RowVectors) throws(TrainingError) -> HeldOutMetrics
    }

    let trainer: Trainer
    let epoch: (AfterStep) throws(TrainingError) -> EpochReport
    /// nil where the split gives no such examples.
    let heldOut: HeldOut?

    init(
        _ phase: TrainingPhase, _ network: any Network, _ data: TrainingData, seed: UInt64
    ) throws(TrainingError) {
        switch phase.task {
        case .pairs(let objective):
            let source = try PairBatches(
                data.examples, try data.trainPairs(), batchSize: phase.batchSize,
                isBalanced: phase.isBalanced, seed: seed, input: NetworkInput(network, data.examples))
            let questions = try data.heldOutSide.flatMap { (side) throws(TrainingError) in
                try HeldOutPairs(data, side: side)
            }
            try self.init(phase, network, seed, source, objective, questions)
        case .triplets(let margin):
            let source = try TripletBatches(
                data.examples, try data.trainPairs(), batchSize: phase.batchSize, seed: seed,
                input: NetworkInput(network, data.examples))
            let questions = try data.heldOutSide.flatMap { (side) throws(TrainingError) in
                try HeldOutTriplets(data, side: side, seed: seed)
            }
            try self.init(phase, network, seed, source, TripletObjective(margin: margin), questions)
        case .classes, .centers:
            let source = try ClassBatches(
                data.examples, data.labels, side: .train, batchSize: phase.batchSize, seed: seed,
                input: NetworkInput(network, data.examples))
            let centers = try PhaseWork.centers(phase.task, network, source.classCount, seed)
            let questions = data.heldOutSide.flatMap { HeldOutClasses(data.labels, side: $0) }
            try self.init(
                phase, network, seed, source, ClassObjective(centers: centers?.loss), questions, centers)
        }
    }

    private init<Source: BatchSource, Aim: Objective, Questions: HeldOutQuestions>(
        _ phase: TrainingPhase, _ network: any Network, _ seed: UInt64, _ whole: Source, _ objective: Aim,
        _ questions: Questions?, _ centers: (loss: ContrastiveCenterLoss, optimizer: Optimizer)? = nil
    ) throws(TrainingError) where Source.Batch == Aim.Batch, Questions.Batch == Aim.Batch {
        let optimizer = try TrainingError.wrapping { () throws(TorchError) in
            try Optimizer(phase.optimizer, learningRate: phase.rate, network.store.parameters)
        }
        let trainer = Trainer(
            network, optimizers: [optimizer] + (centers.map { [$0.optimizer] } ?? []),
            state: TrainerState(seed: seed, schedule: RateSchedule(phase.schedule)),
            companions: centers.map { [("centers", $0.loss.store)] } ?? [],
            gradientLimit: phase.gradientLimit)
        let source = EpochSlices(source: whole, batchCount: phase.epochBatches ?? whole.batchCount)
        self.trainer = trainer
        epoch = { (afterStep) throws(TrainingError) in
            let report = try trainer.finishSteps(source, objective) { (progress) throws(TrainingError) in
                try afterStep(progress)
                return true
            }
            return report ?? trainer.state.tally.report(epoch: trainer.state.epoch)
        }
        heldOut = questions.map { questions in
            HeldOut(side: questions.side, rows: questions.rows) { (vectors) throws(TrainingError) in
                try trainer.outcome(of: questions, vectors, batchSize: phase.batchSize, objective)
            }
        }
    }

    private static func centers(
        _ task: TrainingPhase.Task, _ network: any Network, _ classCount: Int, _ seed: UInt64
    ) throws(TrainingError) -> (loss: ContrastiveCenterLoss, optimizer: Optimizer)? {
        guard case .centers(let lambda, let rule, let rate) = task else { return nil }
        return try TrainingError.wrapping { () throws(TorchError) in
            let loss = try ContrastiveCenterLoss(
                classCount: classCount, embeddingSize: network.embeddingSize, lambda: lambda, seed: seed,
                device: network.store.device)
            return (loss, try Optimizer(rule, learningRate: rate, loss.store.parameters))
        }
    }
}
