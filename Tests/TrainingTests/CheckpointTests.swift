import Foundation
import TestSupport
import Testing
import Torch

@testable import Training

extension WithTorch {
    @Suite struct CheckpointTests {
        /// A network with dropout and batch statistics, two optimizers and a companion: everything there is to keep.
        private func trainer(seed: UInt64 = 5, rule: OptimizerRule = .radam()) throws -> (
            Trainer, ClassObjective
        ) {
            try LibTorch.setThreads(1)
            let parameters = VoicemapNet.Parameters(
                .classes, sampleCount: 128, filters: 4, embeddingSize: 8, dropout: 0.2, classCount: 6)
            let network = try VoicemapNet(parameters, seed: seed, device: .cpu)
            let centers = try ContrastiveCenterLoss(
                classCount: 6, embeddingSize: 8, lambda: 1, seed: seed, device: .cpu)
            let optimizers = [
                try Optimizer(rule, learningRate: 1e-2, network.store.parameters),
                try Optimizer(.adagrad(), learningRate: 1e-3, centers.store.parameters),
            ]
            let schedule = RateSchedule(.plateau(factor: 0.1, patience: 0))
            let trainer = Trainer(
                network, optimizers: optimizers, state: TrainerState(seed: seed, schedule: schedule),
                companions: [("centers", centers.store)], gradientLimit: 1)
            return (trainer, ClassObjective(centers: centers))
        }

        private func numbers(_ trainer: Trainer) throws -> [[Float]] {
            let stores = [trainer.network.store] + trainer.companions.map(\.store)
            return try stores.flatMap(\.entries).filter { !$0.tensor.isInteger }.map {
                try $0.tensor.floats()
            }
        }

        /// Trains to the end of epoch 3, after which all is said; with a break after `breakAfter` steps in all.
        private func run(breakAfter: Int?) throws -> (losses: [Double], trainer: Trainer) {
            let folder = TemporaryFolder()
            let path = folder.path + "/checkpoint.safetensors"
            var (trainer, objective) = try trainer()
            var losses: [Double] = []
            while trainer.state.epoch < 3 {
                let report = try trainer.finishSteps(SyntheticClasses(), objective) { _ in
                    trainer.state.stepCount != breakAfter
                }
                if let report {
                    losses.append(report.meanLoss)
                    // No better than before: the rate falls, which must survive the break too.
                    trainer.finishEpoch(metric: 0.5)
                } else {
                    try Checkpoint.write(trainer, identity: "run", to: path)
                    (trainer, objective) = try self.trainer()
                    try Checkpoint.read(path, into: trainer, identity: "run")
                }
            }
            return (losses, trainer)
        }

        @Test("training goes on with the same numbers as without the break", arguments: [4, 6, 9])
        func exactResume(breakAfter: Int) throws {
            let whole = try run(breakAfter: nil)
            let broken = try run(breakAfter: breakAfter)
            #expect(whole.losses == broken.losses && whole.losses.count == 3)
            #expect(try numbers(whole.trainer) == numbers(broken.trainer))
            #expect(whole.trainer.learningRate == broken.trainer.learningRate)
            #expect(whole.trainer.learningRate < 1e-3, "the schedule took part")
            #expect(broken.trainer.state.stepCount == 18)
        }

        @Test("a checkpoint of another run, another seed or other optimizers is refused in one sentence")
        func refusals() throws {
            let folder = TemporaryFolder()
            let path = folder.path + "/checkpoint.safetensors"
            let (saved, _) = try trainer()
            try Checkpoint.write(saved, identity: "run", to: path)
            let identity = #expect(throws: TrainingError.self) {
                try Checkpoint.read(path, into: saved, identity: "other")
            }
            #expect(identity?.message.contains("is a checkpoint of another run") == true)
            for other in [try trainer(seed: 6).0, try trainer(rule: .adam()).0] {
                let error = #expect(throws: TrainingError.self) {
                    try Checkpoint.read(path, into: other, identity: "run")
                }
                #expect(error?.message.contains("other optimizers or another seed") == true)
            }
        }

        @Test("a file of weights is no checkpoint, and a cut off one is refused by name")
        func damage() throws {
            let folder = TemporaryFolder()
            let path = folder.path + "/checkpoint.safetensors"
            let (saved, _) = try trainer()
            try WeightFile.write(saved.network.store.entries, kind: "weights", to: path)
            let kind = #expect(throws: TrainingError.self) {
                try Checkpoint.read(path, into: saved, identity: "run")
            }
            #expect(kind?.message == "\(path) is no checkpoint")
            try Checkpoint.write(saved, identity: "run", to: path)
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: TrainingError.self) {
                try Checkpoint.read(path, into: saved, identity: "run")
            }
            #expect(error?.message.contains(path) == true)
        }
    }
}
