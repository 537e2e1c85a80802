import Testing
import Torch

@testable import Training

extension WithTorch {
    @Suite struct TrainerTests {
        private func voicemap(
            _ head: VoicemapNet.Parameters.Head, dropout: Double = 0, classCount: Int = 6
        ) throws -> VoicemapNet {
            let parameters = VoicemapNet.Parameters(
                head, sampleCount: 128, filters: 4, embeddingSize: 8, dropout: dropout,
                classCount: head == .classes ? classCount : 0, normalization: .pytorch)
            return try VoicemapNet(parameters, seed: 3, device: .cpu)
        }

        private func trainer(_ network: any Network, rate: Double = 5e-3) throws -> Trainer {
            try LibTorch.setThreads(1)
            let optimizer = try Optimizer(.adam(), learningRate: rate, network.store.parameters)
            return Trainer(network, optimizers: [optimizer], state: TrainerState(seed: 5), gradientLimit: 1)
        }

        @Test("classes, pairs and triplets of made-up speakers are learned in a few epochs")
        func learning() throws {
            let classes = try trainer(voicemap(.classes), rate: 1e-2)
            let pairs = try trainer(voicemap(.euclidean))
            let triplets = try trainer(voicemap(.none))
            var accuracies: [Double?] = []
            for _ in 0..<15 {
                accuracies = [
                    try classes.finishSteps(SyntheticClasses(), ClassObjective())?.accuracy,
                    try pairs.finishSteps(SyntheticPairs(), PairObjective.binary)?.accuracy,
                    try triplets.finishSteps(SyntheticTriplets(), TripletObjective(margin: 0.2))?.accuracy,
                ]
                for trainer in [classes, pairs, triplets] { trainer.finishEpoch(metric: nil) }
            }
            for accuracy in accuracies { #expect(try #require(accuracy) > 0.9, "\(accuracies)") }
        }

        @Test("the same seed gives the same losses bit for bit, dropout included")
        func reproducible() throws {
            var losses: [[Double]] = []
            for _ in 0..<2 {
                let trainer = try trainer(voicemap(.euclidean, dropout: 0.3))
                var seen: [Double] = []
                _ = try trainer.finishSteps(SyntheticPairs(), PairObjective.binary) {
                    seen.append($0.report.meanLoss)
                    return true
                }
                losses.append(seen)
            }
            #expect(losses[0] == losses[1] && losses[0].count == 6)
        }

        @Test("an epoch's report counts its examples, and its loader's seconds are part of its seconds")
        func report() throws {
            let trainer = try trainer(voicemap(.none))
            let report = try #require(
                try trainer.finishSteps(SyntheticPairs(), PairObjective.contrastive(margin: 1)))
            #expect(report.stepCount == 6 && report.exampleCount == 72 && report.epoch == 0)
            #expect(report.accuracy == nil, "distances know no right and wrong before a threshold is chosen")
            #expect(report.loaderSeconds > 0 && report.loaderShare < 1)
            trainer.finishEpoch(metric: 0.5)
            #expect(trainer.state.epoch == 1 && trainer.state.tally == EpochTally())
        }

        @Test("evaluation changes neither weights nor running statistics")
        func evaluation() throws {
            let network = try voicemap(.classes)
            let trainer = try trainer(network)
            let batch = try SyntheticClasses().batch(0, epoch: 0)
            let before = try network.store.entries.filter { !$0.tensor.isInteger }.map {
                try $0.tensor.floats()
            }
            let outcome = try LibTorch.withoutGradients { () throws(TorchError) in
                try ClassObjective().outcome(of: batch, network, .evaluation)
            }
            #expect(try outcome.count == 12 && outcome.loss.number() > 0)
            #expect(
                try network.store.entries.filter { !$0.tensor.isInteger }.map { try $0.tensor.floats() }
                    == before)
            #expect(trainer.state.stepCount == 0)
        }

        @Test("the best epoch is remembered, and how long ago it was")
        func best() throws {
            let trainer = try trainer(voicemap(.none))
            #expect(trainer.finishEpoch(metric: 0.5))
            #expect(trainer.finishEpoch(metric: 0.7))
            #expect(!trainer.finishEpoch(metric: 0.7))
            #expect(!trainer.finishEpoch(metric: nil))
            #expect(trainer.state.bestEpoch == 1 && trainer.state.bestMetric == 0.7)
            #expect(trainer.state.epochsSinceBest == 2)
        }

        @Test("a loss that is no number ends training with advice")
        func divergence() throws {
            let network = try voicemap(.classes)
            let trainer = try trainer(network)
            try LibTorch.withoutGradients { () throws(TorchError) in
                try network.store.parameters[0].tensor.scale(by: .nan)
            }
            let error = #expect(throws: TrainingError.self) {
                try trainer.finishSteps(SyntheticClasses(), ClassObjective())
            }
            #expect(error?.message.contains("in step 1 of epoch 1; try a smaller learning rate") == true)
        }

        @Test("an objective whose head the network lacks is refused in one sentence")
        func heads() throws {
            let trainer = try trainer(voicemap(.none))
            for body in [
                { _ = try trainer.finishSteps(SyntheticPairs(), PairObjective.binary) },
                { _ = try trainer.finishSteps(SyntheticClasses(), ClassObjective()) },
            ] {
                let error = #expect(throws: TrainingError.self) { try body() }
                #expect(error?.message.contains("has no head") == true)
            }
        }
    }
}
