import Foundation
import TestSupport
import Testing

@Suite("One-shot use as commands")
struct VoiceCommandTests {
    @Test(
        "without libtorch enroll and identify say in one sentence how to build with it",
        .enabled(if: !Trainer.hasTorch, "built with libtorch"),
        arguments: [
            ["enroll", "anna", "x.wav", "--run", "nowhere"], ["identify", "x.wav", "--run", "nowhere"],
        ])
    func without(arguments: [String]) async throws {
        let run = try await Twinset.run(arguments)
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.complaint == Trainer.missing)
    }

    @Test("voices and forget need a run", arguments: [["voices"], ["forget", "anna"]])
    func noRun(arguments: [String]) async throws {
        let run = try await Twinset.run(arguments + ["--run", "nowhere"])
        #expect(run.status == 2)
        #expect(
            run.complaint
                == "twinset: nowhere is no folder of a run and no recipe; run 'twinset train' first\n")
    }

    /// What `identify --json` prints, as far as it is promised.
    private struct Answer: Decodable {
        struct Candidate: Decodable {
            let name: String
            let score: Double
            let shareWithin: Double?
        }

        let audio: String
        let examples: Int
        let comparison: String
        let threshold: Double?
        let decision: String?
        let name: String?
        let candidates: [Candidate]
    }

    private static let settings = [
        "split.by=list", "split.train=[19, 26, 27]", "split.validation=[32, 39]", "split.test=[60]",
        "train.filters=1", "train.epochs=1", "train.validate=eer",
    ].flatMap { ["--set", $0] }

    @Test(
        "voices are enrolled, listed, known again by the threshold of validation, added to and forgotten",
        .enabled(if: Trainer.hasTorch, "built without libtorch"))
    func oneShot() async throws {
        let folder = WorkFolder()
        let dataset = try await Trainer.trained(in: folder, Self.settings)
        let run = dataset.workspace + "/runs/fbanknet"
        func twinset(_ arguments: String...) async throws -> TwinsetRun {
            try await Twinset.run(arguments + ["--run", run])
        }
        let sounds = try FileManager.default.subpathsOfDirectory(atPath: dataset.corpus)
            .filter { $0.hasSuffix(".wav") }.sorted().map { dataset.corpus + "/" + $0 }
        let (anna, other) = (sounds[0], sounds[sounds.count - 1])

        // Without --run it is the workspace's only run.
        let only = try await Twinset.run(["voices", "--workspace", dataset.workspace])
        #expect(only.status == 0 && only.complaint.contains("nobody is enrolled in \(run)/voices"))
        let none = try await Twinset.run(["voices", "--workspace", folder.path])
        #expect(
            none.status == 2 && none.complaint.contains("there is no finished run in \(folder.path)/runs"))
        let nobody = try await twinset("identify", anna)
        #expect(nobody.status == 2 && nobody.complaint.contains("nobody is enrolled in"))
        for (name, path) in [("anna", anna), ("../ben", other)] {
            let enrolled = try await twinset("enroll", name, path)
            #expect(enrolled.status == 0, "\(enrolled.complaint)")
        }
        // Nothing outside the run's own folder.
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: run + "/voices").sorted() == [
                "%2E%2E%2Fben.safetensors", "anna.safetensors",
            ])

        let asked = try await twinset("identify", anna, "--json")
        #expect(asked.status == 0, "\(asked.complaint)")
        let answer: Answer = try asked.json()
        #expect(answer.audio == anna && answer.comparison == "cosine" && answer.candidates.count == 2)
        #expect(answer.candidates[0].score <= answer.candidates[1].score)
        let threshold = try #require(answer.threshold)
        #expect(answer.decision == (answer.candidates[0].score <= threshold ? "accepted" : "unknown"))
        #expect(answer.name == (answer.decision == "accepted" ? answer.candidates[0].name : nil))
        let refused: Answer = try await twinset("identify", anna, "--json", "--threshold", "-1").json()
        #expect(refused.decision == "unknown" && refused.candidates.allSatisfy { $0.shareWithin == 0 })

        try FileManager.default.copyItem(atPath: run, toPath: dataset.workspace + "/runs/again")
        let several = try await Twinset.run(["voices", "--workspace", dataset.workspace])
        #expect(
            several.status == 2 && several.complaint.contains("has several runs (again, fbanknet); say which")
        )

        let added = try await twinset("enroll", "anna", sounds[1], "--add")
        #expect(added.output.contains("anna: added to, 2 recordings"))
        #expect(try await twinset("voices").output.split(separator: "\n").count == 2)
        #expect(try await twinset("forget", "anna").status == 0)
        #expect(try await twinset("voices").output.hasPrefix("../ben: 1 recording, "))
    }

    @Test(
        "a bad recording among good ones is named, and the others have their answers",
        .enabled(if: Trainer.hasTorch, "built without libtorch"))
    func badRecording() async throws {
        let folder = WorkFolder()
        let dataset = try await Trainer.trained(in: folder, Self.settings)
        let run = dataset.workspace + "/runs/fbanknet"
        let good = dataset.corpus + "/train-clean-100/19/217/19-217-0000.wav"
        let bad = folder.path + "/bad.wav"
        try Tree.write(Array("no audio".utf8), to: bad)
        let failed = try await Twinset.run(["enroll", "anna", good, bad, "--run", run])
        #expect(
            failed.status == 1 && failed.complaint.hasPrefix("twinset: \(bad) cannot be used (not-audio)"))
        // All or nothing.
        #expect(!FileManager.default.fileExists(atPath: run + "/voices/anna.safetensors"))
        #expect(try await Twinset.run(["enroll", "anna", good, "--run", run]).status == 0)
        let both = try await Twinset.run(["identify", bad, good, "--run", run])
        #expect(both.status == 1 && both.complaint.contains("bad.wav cannot be used"))
        #expect(both.output.hasPrefix("\(good): "))
        let gpu = try await Twinset.run(["identify", good, "--run", run, "--device", "gpu"])
        #expect(gpu.status == 2 && gpu.complaint.contains("'gpu' is no device; valid are cpu, cuda"))
    }
}
