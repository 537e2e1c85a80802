import Corpus
import Foundation
import TestSupport
import Testing
import Torch

@testable import Training

extension WithTorch {
    @Suite struct HeldOutTests {
        private func network(_ head: VoicemapNet.Parameters.Head = .euclidean) throws -> VoicemapNet {
            try LibTorch.setThreads(1)
            return try VoicemapNet(
                .init(
                    head, sampleCount: 64, filters: 2, embeddingSize: 4, classCount: head == .classes ? 4 : 0,
                    normalization: .pytorch), seed: 1, device: .cpu)
        }

        @Test("pairs are drawn from the side, as many of one speaker as of two, none within an utterance")
        func pairs() throws {
            let folder = TemporaryFolder()
            let data = try EvaluationFixture(in: folder.path).data()
            let questions = try #require(try HeldOutPairs(data, side: .validation))
            // Each of 24 examples meets 4 of its speaker in other utterances.
            #expect(questions.count == 96 && questions.rows == Set(24..<48))
            let network = try network()
            let vectors = try RowVectors(of: questions.rows, network, data.examples)
            let batch = try questions.batch(0..<96, vectors, .cpu)
            #expect(batch.same.count { $0 } == 48)
            let again = try #require(try HeldOutPairs(data, side: .validation))
            #expect(try again.batch(0..<96, vectors, .cpu).first.floats() == batch.first.floats())
        }

        @Test("what is said of embedded questions is what is said of the examples themselves")
        func embedded() throws {
            let folder = TemporaryFolder()
            let data = try EvaluationFixture(in: folder.path).data()
            let network = try network()
            let stored = DatasetPlace.Shards(side: .validation, paths: data.place.pairs[0].paths)
            var place = data.place
            place.pairs.append(stored)
            let questions = try #require(try HeldOutPairs(TrainingData(place), side: .validation))
            #expect(questions.rows == [0, 3, 6, 9, 12, 1, 18, 2], "stored pairs come before drawn ones")
            let vectors = try RowVectors(of: questions.rows, network, data.examples)
            let optimizer = try Optimizer(.adam(), learningRate: 1, network.store.parameters)
            let trainer = Trainer(network, optimizers: [optimizer], state: TrainerState(seed: 1))
            let source = try PairBatches(
                data.examples, stored, batchSize: 4, seed: 1, input: NetworkInput(network, data.examples))
            let batch = try source.batch(0, epoch: 0)
            for objective in [PairObjective.binary, .contrastive(margin: 1)] {
                let found = try trainer.outcome(of: questions, vectors, batchSize: 3, objective)
                let whole = try LibTorch.withoutGradients { () throws(TorchError) in
                    try objective.outcome(of: batch, network, .evaluation)
                }
                #expect(abs(found.meanLoss - Double(try whole.loss.number())) < 1e-6)
                #expect(found.accuracy == whole.correct.map { Double($0) / 4 } && found.exampleCount == 4)
            }
        }

        @Test("triplets are drawn across utterances, some for each example, the same for the same seed")
        func triplets() throws {
            let folder = TemporaryFolder()
            let data = try EvaluationFixture(in: folder.path).data()
            let questions = try #require(try HeldOutTriplets(data, side: .validation, seed: 1))
            #expect(questions.count == 2400 && questions.rows == Set(24..<48))
            let network = try network(.none)
            let vectors = try RowVectors(of: questions.rows, network, data.examples)
            func drawn(_ seed: UInt64) throws -> [[Float]] {
                let some = try #require(try HeldOutTriplets(data, side: .validation, seed: seed))
                let batch = try some.batch(0..<2400, vectors, .cpu)
                return [
                    try batch.anchor.floats(), try batch.positive.floats(), try batch.negative.floats(),
                ]
            }
            #expect(try drawn(1) == drawn(1) && drawn(1) != drawn(2))
            let rows = try drawn(1).map { values in
                stride(from: 0, to: values.count, by: 4).map { start in
                    UInt32(
                        (24..<48).first {
                            Array(vectors.table[vectors.place(of: $0)]) == Array(values[start..<start + 4])
                        }
                            ?? 0)
                }
            }
            for number in 0..<2400 {
                let (anchor, positive, negative) = (rows[0][number], rows[1][number], rows[2][number])
                #expect(
                    anchor / 6 == positive / 6 && anchor / 2 != positive / 2 && anchor / 6 != negative / 6)
            }
        }

        @Test("naming is asked of speakers who are trained on, and of no others")
        func classes() throws {
            let folder = TemporaryFolder()
            let labels = try EvaluationFixture(in: folder.path, isClosed: true).data().labels
            #expect(HeldOutClasses(labels, side: .test)?.count == 24)
            #expect(HeldOutClasses(labels, side: .test, limit: 5)?.rows == [48, 52, 57, 62, 67])
            #expect(HeldOutClasses(labels, side: .validation) == nil)
        }

        private func run(
            _ fixture: EvaluationFixture, _ task: TrainingPhase.Task, _ rule: ValidationRule,
            head: VoicemapNet.Parameters.Head = .euclidean
        ) throws -> [EpochMetrics] {
            let phase = TrainingPhase(
                task: task, optimizer: .adam(), rate: 1e-2, batchSize: 4, epochCount: 4, validation: rule)
            let run = try TrainingRun(
                TrainingPlan(network: try network(head).blueprint, phases: [phase], seed: 3),
                fixture.data(), folder: "\(fixture.folder)/\(rule)-\(phase.name)", device: .cpu, threads: 1,
                resumes: false)
            var epochs: [EpochMetrics] = []
            try run.run(afterEpoch: { epochs.append($0) })
            return epochs
        }

        @Test("every epoch says its loss on validation, and may be judged by it or by the accuracy there")
        func judged() throws {
            let folder = TemporaryFolder()
            let fixture = try EvaluationFixture(in: folder.path)
            let byLoss = try run(fixture, .pairs(.binary), .loss)
            #expect(
                byLoss.allSatisfy { $0.heldOut?.side == .validation && $0.merit == -$0.heldOut!.meanLoss })
            let losses = byLoss.compactMap(\.heldOut?.meanLoss)
            #expect(
                byLoss.map(\.isBest) == losses.indices.map { losses[$0] < (losses[..<$0].min() ?? .infinity) }
            )
            let byAccuracy = try run(fixture, .pairs(.binary), .accuracy)
            #expect(byAccuracy.allSatisfy { $0.merit != nil && $0.merit == $0.heldOut?.accuracy })
            #expect(byAccuracy.map(\.heldOut?.meanLoss) == byLoss.map(\.heldOut?.meanLoss))
            let byErrors = try run(fixture, .pairs(.binary), .equalErrorRate)
            #expect(
                byErrors.allSatisfy { $0.merit == 1 - $0.validation!.equalErrorRate! && $0.heldOut != nil })
        }

        @Test("what cannot judge is refused with what to set instead")
        func refusals() throws {
            let folder = TemporaryFolder()
            let fixture = try EvaluationFixture(in: folder.path)
            let strangers = #expect(throws: TrainingError.self) {
                try run(fixture, .classes, .accuracy, head: .classes)
            }
            #expect(strangers?.message.contains("none of validation is trained on") == true)
            let contrastive = #expect(throws: TrainingError.self) {
                try run(fixture, .pairs(.contrastive(margin: 1)), .accuracy)
            }
            #expect(contrastive?.message.contains("knows no right and wrong") == true)
            #expect(
                try run(fixture, .classes, .equalErrorRate, head: .classes).allSatisfy { $0.heldOut == nil })
        }
    }
}
