import Foundation
import Testing

@Suite("Training and evaluation as commands")
struct TrainerCommandTests {
    @Test(
        "without libtorch train, evaluate and embed say in one sentence how to build with it",
        .enabled(if: !Trainer.hasTorch, "built with libtorch"),
        arguments: [
            ["train", "nowhere.yaml"], ["evaluate", "nowhere.yaml"],
            ["embed", "nowhere.yaml", "--out", "x.safetensors"],
        ])
    func without(arguments: [String]) async throws {
        let run = try await Twinset.run(arguments)
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.complaint == Trainer.missing)
    }

    @Test("evaluate's help names its options, with libtorch and without")
    func help() async throws {
        let asked = try await Twinset.run(["help", "train"])
        #expect(asked.status == 0 && asked.output.contains("--resume"), "\(asked.complaint)")
        let run = try await Twinset.run(["evaluate", "--help"])
        #expect(run.status == 0)
        for word in ["--side", "--trials", "--out", "--json", "--device", "--threads", "minDCF"] {
            #expect(run.output.contains(word), "\(word)")
        }
    }

    /// What `evaluate --json` prints, as far as it is promised.
    private struct Evaluation: Decodable, Equatable {
        struct Trials: Decodable, Equatable {
            let kind: String
            let count: Int
            let targetCount: Int
        }

        struct EqualError: Decodable, Equatable {
            let rate: Double
        }

        struct Episodes: Decodable, Equatable {
            let accuracy: Double
        }

        let side: String
        let trials: Trials
        let equalError: EqualError
        let episodes: [Episodes]
        let notes: [String]
    }

    private static let settings = [
        "split.by=list", "split.train=[19, 26, 27]", "split.validation=", "split.test=[32, 39, 60]",
        "trials.kind=all",
        "episodes.shots=[1, 2]", "episodes.ways=2-3", "episodes.count=20", "episodes.sides=test",
        "train.filters=1", "train.epochs=1",
    ].flatMap { ["--set", $0] }

    @Test(
        "a trained recipe is evaluated on its trials, on the lists written of them alike, and twice with the same bytes",
        .enabled(if: Trainer.hasTorch, "built without libtorch"))
    func evaluate() async throws {
        let folder = WorkFolder()
        let dataset = try await Trainer.trained(in: folder, Self.settings)
        let out = dataset.workspace + "/runs/fbanknet/evaluation-test"
        let own = try await dataset.run("evaluate", dataset.recipe, "--json")
        #expect(own.status == 0, "\(own.complaint)")
        let found: Evaluation = try own.json()
        // 18 utterances of 3 speakers: 153 pairs, 45 of one speaker; 2 numbers of shots and 2 of ways.
        #expect(
            found.side == "test" && found.trials == .init(kind: "utterances", count: 153, targetCount: 45))
        #expect(found.episodes.count == 4)
        #expect(
            found.notes.contains { $0.hasPrefix("no accuracy at a threshold chosen on validation, because") })
        #expect(try Tree.read(out + "/evaluation.json") == Array(own.output.utf8))
        let again = try await dataset.run("evaluate", dataset.workspace + "/runs/fbanknet", "--json")
        #expect(again.output == own.output)
        for form in ["voxceleb", "kaldi"] {
            let path = folder.path + "/\(form).txt"
            let written = try await Twinset.run(
                dataset.arguments("trials", Self.settings + ["--form", form, "--out", path]))
            #expect(written.status == 0, "\(written.complaint)")
            let run = try await dataset.run("evaluate", dataset.recipe, "--trials", path, "--json")
            #expect(run.status == 0, "\(run.complaint)")
            let listed: Evaluation = try run.json()
            #expect(listed.trials == found.trials && listed.equalError == found.equalError)
            let scores = try String(contentsOfFile: "\(out)-\(form)/scores.txt", encoding: .utf8)
            #expect(scores.split(separator: "\n").count == 153)
        }
        let table = try await dataset.run("evaluate", dataset.recipe)
        #expect(table.output.contains(/EER +\d+\.\d\d %/) && table.output.contains("evaluation-test\n"))
        #expect(try await dataset.run("evaluate", dataset.recipe, "--side", "validation").status == 2)
    }
}
