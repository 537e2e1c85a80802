import ContentStore
import Foundation
import TestSupport
import Testing
import Torch

@testable import Training

extension WithTorch {
    @Suite struct TrainingRunTests {
        /// A network small enough for the fixture's ten examples of 2 × 3.
        private func plan() -> TrainingPlan {
            let parameters = MFCCNet.Parameters(
                .matrix(frameCount: 2, coefficientCount: 3), filters: [3], embeddingSize: 4, dropout: 0.1)
            let pairs = TrainingPhase(
                task: .pairs(.binary), optimizer: .radam(), rate: 1e-2, batchSize: 2, epochCount: 3)
            let contrastive = TrainingPhase(
                task: .pairs(.contrastive(margin: 1)), optimizer: .adam(), rate: 1e-2, batchSize: 2,
                epochCount: 3)
            return TrainingPlan(network: .mfcc(parameters), phases: [pairs, contrastive], seed: 3)
        }

        private func run(
            _ fixture: DatasetFixture, _ folder: String, resumes: Bool = false, epochs: [Int] = [3, 3]
        ) throws -> TrainingRun {
            var plan = plan()
            for (phase, count) in epochs.enumerated() { plan.phases[phase].epochCount = count }
            return try TrainingRun(
                plan, TrainingData(fixture.place), folder: folder, device: .cpu, threads: 1,
                resumes: resumes)
        }

        private func metrics(_ folder: String) throws -> [EpochMetrics] {
            try String(contentsOfFile: folder + "/metrics.jsonl", encoding: .utf8).split(separator: "\n").map
            {
                try JSONDecoder().decode(EpochMetrics.self, from: Data($0.utf8))
            }
        }

        @Test("a run of two phases leaves its plan, metrics, weights and Python module")
        func whole() throws {
            let folder = TemporaryFolder()
            let out = folder.path + "/run"
            try run(DatasetFixture(in: folder.path), out).run()
            let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
            #expect(
                names == [
                    "checkpoint-1.safetensors", "checkpoint-2.safetensors", "learning.svg", "metrics.jsonl",
                    "metrics.safetensors", "network.py", "phase-1.safetensors", "phase-2.safetensors",
                    "run.json", "weights.safetensors",
                ])
            let metrics = try metrics(out)
            #expect(metrics.map(\.phase) == [0, 0, 0, 1, 1, 1])
            let table = try TensorFileReader(path: out + "/metrics.safetensors")
            #expect(try table.floats("loss").count == 6 && table.floats("heldOutLoss").count == 6)
            #expect(
                String(decoding: try table.bytes("learning.svg"), as: UTF8.self).contains("loss of phase 2"))
            #expect(metrics.map(\.report.epoch) == [0, 1, 2, 0, 1, 2])
            #expect(metrics.allSatisfy { $0.report.meanLoss.isFinite && $0.report.exampleCount == 5 })
            #expect(
                try NetworkFile.read(out + "/weights.safetensors", device: .cpu).metadata["dataset"] == "test"
            )
        }

        @Test("the same plan gives the same weights, and a run that was broken off ends with them too")
        func resumed() throws {
            let folder = TemporaryFolder()
            let fixture = try DatasetFixture(in: folder.path)
            let (whole, broken) = (folder.path + "/whole", folder.path + "/broken")
            try run(fixture, whole).run()
            // What a kill after the second phase's first epoch leaves: no later files, and phase 1 complete.
            try run(fixture, broken).run()
            for name in ["phase-2.safetensors", "checkpoint-2.safetensors", "weights.safetensors"] {
                try FileManager.default.removeItem(atPath: "\(broken)/\(name)")
            }
            try run(fixture, broken, resumes: true).run()
            for name in ["weights", "checkpoint-2"] {
                let files = try [whole, broken].map {
                    try NSData(contentsOfFile: "\($0)/\(name).safetensors") as Data
                }
                // Checkpoints hold no times between epochs.
                #expect(files[0] == files[1], "\(name)")
            }
            #expect(try metrics(broken).count == 6)
        }

        @Test("a folder with a run is not touched without --resume, nor by another plan")
        func folders() throws {
            let folder = TemporaryFolder()
            let fixture = try DatasetFixture(in: folder.path)
            let out = folder.path + "/run"
            _ = try run(fixture, out)
            let again = #expect(throws: TrainingError.self) { try run(fixture, out) }
            #expect(again?.message.contains("go on with --resume") == true)
            let held = try run(fixture, out, resumes: true)
            let second = #expect(throws: TrainingError.self) { try run(fixture, out, resumes: true) }
            #expect(second?.message.contains("another program is training in the folder") == true)
            #expect(held.folder == out)
        }

        @Test("a run is made longer, and ends with the bytes of one that was begun as long")
        func longer() throws {
            let folder = TemporaryFolder()
            let fixture = try DatasetFixture(in: folder.path)
            let (whole, grown) = (folder.path + "/whole", folder.path + "/grown")
            try run(fixture, whole, epochs: [3, 5]).run()
            try run(fixture, grown, epochs: [3, 2]).run()
            do {
                let longer = try run(fixture, grown, resumes: true, epochs: [3, 5])
                #expect(longer.notes[0].contains("begun with 3 + 2 epochs and ends after 3 + 5"))
                #expect(!FileManager.default.fileExists(atPath: grown + "/weights.safetensors"))
                try longer.run()
            }
            let names = [
                "weights.safetensors", "checkpoint-2.safetensors", "metrics.safetensors", "run.json",
            ]
            for name in names {
                let files = try [whole, grown].map { try NSData(contentsOfFile: "\($0)/\(name)") as Data }
                #expect(files[0] == files[1], "\(name)")
            }
            #expect(try run(fixture, grown, resumes: true, epochs: [3, 5]).begun == nil)
        }

        @Test("a run that has no epoch yet takes any number")
        func notBegun() throws {
            let folder = TemporaryFolder()
            let fixture = try DatasetFixture(in: folder.path)
            let out = folder.path + "/run"
            _ = try run(fixture, out, epochs: [3, 2])
            try run(fixture, out, resumes: true, epochs: [1, 1]).run()
            #expect(try metrics(out).map(\.phase) == [0, 1])
        }

        @Test("epochs that are done, or that another phase went on from, are not undone")
        func shorter() throws {
            let folder = TemporaryFolder()
            let fixture = try DatasetFixture(in: folder.path)
            let out = folder.path + "/run"
            try run(fixture, out, epochs: [3, 4]).run()
            let refusals = [
                ([3, 2], "has had 4 epochs of phase 2 already"),
                ([5, 4], "phase 1 of the run in \(out) was to have 3 epochs and phase 2 has begun from it"),
            ]
            for (epochs, sentence) in refusals {
                let error = #expect(throws: TrainingError.self) {
                    try run(fixture, out, resumes: true, epochs: epochs)
                }
                #expect(error?.message.contains(sentence) == true)
            }
            #expect(FileManager.default.fileExists(atPath: out + "/weights.safetensors"))
        }

        @Test("a run of another seed is not gone on with")
        func otherPlan() throws {
            let folder = TemporaryFolder()
            let fixture = try DatasetFixture(in: folder.path)
            let out = folder.path + "/run"
            _ = try run(fixture, out)
            let plan = TrainingPlan(network: plan().network, phases: plan().phases, seed: 4)
            let other = #expect(throws: TrainingError.self) {
                try TrainingRun(
                    plan, TrainingData(fixture.place), folder: out, device: .cpu, threads: 1, resumes: true)
            }
            #expect(other?.message.contains("is a run of another plan") == true)
        }
    }
}
