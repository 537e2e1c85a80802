import Foundation
import TestSupport
import Testing
import Torch

@testable import Training

extension WithTorch {
    @Suite struct ValidationTests {
        private let parameters = MFCCNet.Parameters(
            .matrix(frameCount: 2, coefficientCount: 3), filters: [3], embeddingSize: 4, dropout: 0)

        private func accuracy(_ fixture: ValidationFixture, ways: Int = 4) throws -> Double {
            try LibTorch.setThreads(1)
            let data = try TrainingData(fixture.place)
            let tasks = try #require(
                try OneShotTasks(data.labels, side: .validation, ways: ways, count: 50, seed: 1))
            let network = try MFCCNet(parameters, seed: 1, device: .cpu)
            return try tasks.accuracy(
                PairScores(network, RowVectors(of: tasks.rows, network, data.examples)))
        }

        @Test("who sounds the same twice is found in every task, and where all sound the same in none")
        func tasks() throws {
            let folder = TemporaryFolder()
            #expect(try accuracy(ValidationFixture(in: folder.path)) == 1)
            #expect(try accuracy(ValidationFixture(in: folder.path, isFlat: true)) == 0)
        }

        @Test("tasks are of so many speakers, ask across utterances, and are the same for the same seed")
        func draws() throws {
            let folder = TemporaryFolder()
            let labels = try TrainingData(ValidationFixture(in: folder.path).place).labels
            let first = try #require(try OneShotTasks(labels, side: .validation, ways: 6, count: 20, seed: 1))
            let again = try OneShotTasks(labels, side: .validation, ways: 6, count: 20, seed: 1)
            let other = try OneShotTasks(labels, side: .validation, ways: 6, count: 20, seed: 2)
            #expect(first.tasks == again?.tasks && first.tasks != other?.tasks)
            for task in first.tasks {
                #expect(Set(task.dropFirst().map { labels.speakers[Int($0)] }).count == 6)
                #expect(task.allSatisfy { labels.side(of: Int($0)) == .validation })
                #expect(labels.speakers[Int(task[0])] == labels.speakers[Int(task[1])])
                #expect(labels.utterances[Int(task[0])] != labels.utterances[Int(task[1])])
            }
        }

        @Test("tasks that cannot be made are refused with what to change")
        func impossible() throws {
            let folder = TemporaryFolder()
            let labels = try TrainingData(ValidationFixture(in: folder.path).place).labels
            #expect(try OneShotTasks(labels, side: .test, ways: 2, count: 1, seed: 1) == nil)
            let many = #expect(throws: TrainingError.self) {
                try OneShotTasks(labels, side: .validation, ways: 7, count: 1, seed: 1)
            }
            #expect(many?.message.contains("of 7 speakers cannot be made of the 6") == true)
            let single = try TrainingData(ValidationFixture(in: folder.path, utterances: 1).place).labels
            let none = #expect(throws: TrainingError.self) {
                try OneShotTasks(single, side: .validation, ways: 2, count: 1, seed: 1)
            }
            #expect(none?.message.contains("has two utterances") == true)
        }

        private func run(
            _ folder: String, _ validation: ValidationRule, patience: Int? = nil, weights: String? = nil,
            resumes: Bool = false
        ) throws -> TrainingRun {
            let phase = TrainingPhase(
                task: .pairs(.binary), optimizer: .adam(), rate: 1e-12, batchSize: 2, epochCount: 6,
                validation: validation)
            let plan = TrainingPlan(
                network: .mfcc(parameters), phases: [phase], seed: 3, patience: patience)
            let data = try TrainingData(ValidationFixture(in: folder).place)
            return try TrainingRun(
                plan, data, folder: folder + "/run", device: .cpu, threads: 1, weights: weights,
                resumes: resumes)
        }

        @Test("epochs of so many batches go on in the data where the one before ended")
        func slices() throws {
            let folder = TemporaryFolder()
            let data = try TrainingData(ValidationFixture(in: folder.path).place)
            let network = try MFCCNet(parameters, seed: 1, device: .cpu)
            let whole = try PairBatches(
                data.examples, try data.trainPairs(), batchSize: 2, seed: 1,
                input: NetworkInput(network, data.examples))
            let slices = EpochSlices(source: whole, batchCount: 2)
            func items(_ batch: PairBatch) throws -> [Float] {
                try batch.first.floats() + batch.second.floats()
            }
            // Three batches a pass, two an epoch.
            for number in 0..<6 {
                let found = try items(slices.batch(number % 2, epoch: number / 2))
                #expect(try found == items(whole.batch(number % 3, epoch: number / 3)))
            }
        }

        @Test("a run whose list of epochs was lost is not gone on with")
        func lost() throws {
            let folder = TemporaryFolder()
            try run(folder.path, .none).run()
            try FileManager.default.removeItem(atPath: folder.path + "/run/metrics.jsonl")
            let again = try run(folder.path, .none, resumes: true)
            #expect(throws: TrainingError.self) { try again.run() }
        }

        @Test("a phase ends when its validation has not become better for so many epochs")
        func patience() throws {
            let folder = TemporaryFolder()
            var epochs: [EpochMetrics] = []
            try run(folder.path, .equalErrorRate, patience: 2).run(afterEpoch: { epochs.append($0) })
            #expect(epochs.map(\.isBest) == [true, false, false])
        }

        @Test(
            "the weights say how they are compared and the threshold of one-shot use at validation's equal error rate"
        )
        func threshold() throws {
            let folder = TemporaryFolder()
            try run(folder.path, .equalErrorRate).run()
            let (network, known) = try NetworkFile.read(
                folder.path + "/run/weights.safetensors", device: .cpu)
            #expect(known["comparison"] == "head")
            let data = try TrainingData(ValidationFixture(in: folder.path).place)
            let point = try #require(VoiceThreshold(data.labels, side: .validation))
                .equalErrorRate(network, data.examples)
            #expect(known["threshold"] == "\(point.threshold)" && known["validation-eer"] == "0.0")
        }

        @Test("tasks within an epoch are answered after every so many batches, and listed")
        func within() throws {
            let folder = TemporaryFolder()
            try run(folder.path, .oneShot(ways: 3, tasks: 10, everyBatches: 2)).run()
            let lines = try String(contentsOfFile: folder.path + "/run/tasks.jsonl", encoding: .utf8)
                .split(separator: "\n")
            // Three batches in each of six epochs.
            #expect(lines.count == 9)
            #expect(
                try lines.map { try JSONDecoder().decode(TaskMetrics.self, from: Data($0.utf8)).step }
                    == [2, 4, 6, 8, 10, 12, 14, 16, 18])
        }

        @Test("going on keeps the tasks of steps that are done and drops those from after a checkpoint")
        func withinAgain() throws {
            let folder = TemporaryFolder()
            let rule = ValidationRule.oneShot(ways: 3, tasks: 10, everyBatches: 2)
            try run(folder.path, rule).run()
            let path = folder.path + "/run/tasks.jsonl"
            // Of a later phase, which stays.
            let later = "{\"oneShotAccuracy\":1,\"phase\":1,\"step\":2}\n"
            let whole = try String(contentsOfFile: path, encoding: .utf8) + later
            try (whole + "{\"oneShotAccuracy\":1,\"phase\":0,\"step\":99}\n{\"oneShotAcc")
                .write(toFile: path, atomically: true, encoding: .utf8)
            try run(folder.path, rule, resumes: true).run()
            #expect(try String(contentsOfFile: path, encoding: .utf8) == whole)
        }

        @Test("patience without anything to judge by is refused")
        func uselessPatience() throws {
            let folder = TemporaryFolder()
            let error = #expect(throws: TrainingError.self) { try run(folder.path, .none, patience: 2) }
            #expect(error?.message.hasPrefix("train.patience has no use") == true)
        }

        @Test("training begins with given weights, whose digest is part of what the run is")
        func weights() throws {
            let folder = TemporaryFolder()
            let path = folder.path + "/given.safetensors"
            let given = try MFCCNet(parameters, seed: 99, device: .cpu)
            try NetworkFile.write(given, to: path)
            let run = try run(folder.path, .none, weights: path)
            #expect(run.identity.plan.initialWeights?.count == 64)
            try run.run()
            let (network, _) = try NetworkFile.read(
                folder.path + "/run/weights.safetensors", device: .cpu)
            let pairs = try zip(given.store.parameters, network.store.parameters).flatMap { one, other in
                zip(try one.tensor.floats(), try other.tensor.floats())
            }
            #expect(pairs.allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }
}
