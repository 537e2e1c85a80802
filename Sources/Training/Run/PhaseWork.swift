internal import Corpus
internal import Torch

/// What a phase's trainer is made of: its batches and its objective behind one function.
struct PhaseWork {
    typealias AfterStep = (StepProgress) throws(TrainingError) -> Void

    let trainer: Trainer
    let epoch: (AfterStep) throws(TrainingError) -> EpochReport

    init(
        _ phase: TrainingPhase, _ network: any Network, _ data: TrainingData, seed: UInt64
    ) throws(TrainingError) {
        let input = try NetworkInput(network, data.examples)
        let optimizer = try TrainingError.wrapping { () throws(TorchError) in
            try Optimizer(phase.optimizer, learningRate: phase.rate, network.store.parameters)
        }
        let state = TrainerState(seed: seed, schedule: RateSchedule(phase.schedule))
        switch phase.task {
        case .pairs(let objective):
            let source = try PairBatches(
                data.examples, try data.trainPairs(), batchSize: phase.batchSize,
                isBalanced: phase.isBalanced,
                seed: seed, input: input)
            self.init(
                Trainer(network, optimizers: [optimizer], state: state, gradientLimit: phase.gradientLimit),
                source, objective, epochBatches: phase.epochBatches)
        case .triplets(let margin):
            let source = try TripletBatches(
                data.examples, try data.trainPairs(), batchSize: phase.batchSize, seed: seed, input: input)
            self.init(
                Trainer(network, optimizers: [optimizer], state: state, gradientLimit: phase.gradientLimit),
                source, TripletObjective(margin: margin), epochBatches: phase.epochBatches)
        case .classes, .centers:
            let source = try ClassBatches(
                data.examples, data.labels, side: .train, batchSize: phase.batchSize, seed: seed, input: input
            )
            let centers = try PhaseWork.centers(phase.task, network, source.classCount, seed)
            self.init(
                Trainer(
                    network, optimizers: [optimizer] + (centers.map { [$0.optimizer] } ?? []), state: state,
                    companions: centers.map { [("centers", $0.loss.store)] } ?? [],
                    gradientLimit: phase.gradientLimit), source, ClassObjective(centers: centers?.loss),
                epochBatches: phase.epochBatches)
        }
    }

    private init<Source: BatchSource, Aim: Objective>(
        _ trainer: Trainer, _ whole: Source, _ objective: Aim, epochBatches: Int?
    ) where Source.Batch == Aim.Batch {
        self.trainer = trainer
        let source = EpochSlices(source: whole, batchCount: epochBatches ?? whole.batchCount)
        epoch = { (afterStep) throws(TrainingError) in
            let report = try trainer.finishSteps(source, objective) { (progress) throws(TrainingError) in
                try afterStep(progress)
                return true
            }
            return report ?? trainer.state.tally.report(epoch: trainer.state.epoch)
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
