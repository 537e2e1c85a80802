internal import Corpus
internal import Torch

extension PublishedSystem {
    /// Loss, optimizer, rate, batch, epochs and schedule of each system as published.
    static func phases(of system: PublishedSystemName) -> [TrainingPhase] {
        switch system {
        case .spectrogramNetContrastive:
            [phase(.pairs(.contrastive(margin: 2)), 5e-4, batch: 64, epochs: 20)]
        case .spectrogramNet: [phase(.pairs(.twoClasses), 1e-3, batch: 256, epochs: 50)]
        case .fbankNet:
            [
                phase(.classes, 5e-4, batch: 32, epochs: 20),
                phase(.triplets(margin: 0.2), 5e-4, batch: 32, epochs: 20),
            ]
        case .mfccSiamese: [phase(.pairs(.binary), 1e-3, batch: 64, epochs: 50, rule: .radam())]
        case .voicemapClassifier: [voicemap(.classes, isBalanced: false)]
        case .voicemapContrastive: [voicemap(.pairs(.contrastive(margin: 1)), isBalanced: true)]
        case .resNet18: [resNet(.classes, stepEpochs: 7)]
        case .resNet18CentersAdagrad:
            [resNet(.centers(lambda: 1, optimizer: .adagrad(), rate: 1e-3), stepEpochs: 10)]
        case .resNet18CentersAdam:
            [resNet(.centers(lambda: 0.55, optimizer: .adam(), rate: 2e-3), stepEpochs: 10)]
        case .voicemap, .voicemapAbsolute: [voicemap(.pairs(.binary), isBalanced: true)]
        }
    }

    private static func phase(
        _ task: TrainingPhase.Task, _ rate: Double, batch: Int, epochs: Int, rule: OptimizerRule = .adam()
    ) -> TrainingPhase {
        TrainingPhase(task: task, optimizer: rule, rate: rate, batchSize: batch, epochCount: epochs)
    }

    /// Keras' Adam, whose epsilon is 1e-7.
    private static func voicemap(_ task: TrainingPhase.Task, isBalanced: Bool) -> TrainingPhase {
        TrainingPhase(
            task: task, optimizer: .adam(epsilon: 1e-7), rate: 1e-3, batchSize: 64, epochCount: 50,
            // The classifier's code waits for 5 epochs, the twins' for 10.
            schedule: .plateau(factor: 0.1, patience: task == .classes ? 4 : 9), gradientLimit: 1,
            isBalanced: isBalanced)
    }

    private static func resNet(_ task: TrainingPhase.Task, stepEpochs: Int) -> TrainingPhase {
        TrainingPhase(
            task: task, optimizer: .adam(beta1: 0.9, beta2: 0.98, epsilon: 1e-9), rate: 1e-4, batchSize: 64,
            epochCount: 20, schedule: .step(epochs: stepEpochs, factor: 0.1))
    }
}
