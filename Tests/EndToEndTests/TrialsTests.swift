import Foundation
import Testing

@Suite("Trials and episodes from the command line")
struct TrialsTests {
    private let folder = WorkFolder()

    private static let settings = [
        "split.by=list", "split.train=[19, 26, 27]", "split.validation=", "split.test=[32, 39, 60]",
        "trials.kind=all",
        "episodes.shots=[1, 5]", "episodes.ways=2-3", "episodes.count=100", "episodes.sides=test",
        "episodes.query=by-duration",
    ].flatMap { ["--set", $0] }

    @Test("build and plan name trials and episodes; lists are written whole and pass their own check")
    func writeAndCheck() async throws {
        let dataset = try await Reference.fresh(in: folder)
        let plan = try await Twinset.run(dataset.arguments("plan", Self.settings))
        #expect(plan.status == 0 && plan.output.contains("\ntrials ") && plan.output.contains("\nepisodes "))
        let built = try await Twinset.run(dataset.arguments("build", Self.settings))
        // 18 utterances of 3 speakers: 153 pairs, 45 of one speaker; 100 episodes of 2 shots and 2 ways each.
        #expect(built.status == 0, "\(built.complaint)")
        #expect(built.output.contains(/trials +153\n/) && built.output.contains(/episodes +400\n/))
        for form in ["voxceleb", "kaldi"] {
            let path = folder.path + "/\(form).txt"
            let written = try await Twinset.run(
                dataset.arguments("trials", Self.settings + ["--form", form, "--out", path]))
            #expect(written.status == 0, "\(written.complaint)")
            #expect(written.output == "153 trials, 45 of them targets, written to \(path)\n")
            let lines = String(decoding: try Tree.read(path), as: UTF8.self).split(separator: "\n")
            #expect(lines.count == 153 && Set(lines).count == 153)
            let targets = lines.count {
                form == "kaldi"
                    ? $0.contains(/^\d+-\d+-\d+ \d+-\d+-\d+ target$/) : $0.contains(/^1 \S+\.wav \S+\.wav$/)
            }
            #expect(targets == 45)
            let checked = try await check(path, dataset)
            #expect(checked.status == 0 && checked.output.contains(/missing +0\n/), "\(checked.output)")
            #expect(checked.output.contains("18 utterances of 3 speakers"))
        }
    }

    private func check(_ list: String, _ dataset: Dataset, _ more: String...) async throws -> TwinsetRun {
        let rest = dataset.arguments(list, Self.settings + more)
        return try await Twinset.run(["trials", "check"] + rest)
    }

    @Test(
        "a list that cannot be used exits with 1 and says why, in JSON too; a list that is none is one sentence"
    )
    func badLists() async throws {
        let dataset = try await Reference.fresh(in: folder)
        let built = try await Twinset.run(dataset.arguments("build", Self.settings))
        #expect(built.status == 0, "\(built.complaint)")
        let path = folder.path + "/list.txt"
        try Tree.write("1 32-230-0000.flac 32-230-0001.flac\n0 19-217-0000 77-1-0001\n", to: path)
        let run = try await check(path, dataset)
        #expect(run.status == 1 && run.complaint == "")
        #expect(run.output.contains(/missing +1 \(77-1-0001\)\n/))
        #expect(run.output.contains(/in train +1 \(librispeech\/19\)/))
        let json = try await check(path, dataset, "--json")
        #expect(json.status == 1)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect((object["missing"] as? [String: Any])?["count"] as? Int == 1)
        #expect(object["trials"] as? Int == 2 && object["speakers"] as? Int == 2)
        try Tree.write("hello\n", to: path)
        let none = try await check(path, dataset)
        #expect(none.status == 1 && none.output == "" && none.complaintLines.count == 1)
        #expect(none.complaint.contains("list.txt:1: it has 1 fields"))
    }

    @Test("what cannot be asked is said in one sentence: no section, no build, no such form")
    func refused() async throws {
        let dataset = try await Reference.copy(in: folder)
        let out = ["--out", folder.path + "/t.txt"]
        let section = try await Twinset.run(dataset.arguments("trials", ["--form", "kaldi"] + out))
        #expect(section.status == 2 && section.complaint.contains("asks for no trials"))
        let form = try await Twinset.run(dataset.arguments("trials", ["--form", "csv"] + out))
        #expect(form.status == 2 && form.complaint.contains("--form"))
        let other = try await Twinset.run(
            dataset.arguments("trials", ["--set", "trials.kind=all", "--form", "kaldi"] + out))
        #expect(other.status == 2 && other.complaint.contains("run 'twinset build' again"))
        #expect(!Tree.isThere(folder.path + "/t.txt"))
    }
}

private let shaped = URL(fileURLWithPath: Dataset.root).deletingLastPathComponent()
    .appendingPathComponent("shared/data/VoxShaped/wav").path

@Suite(
    "Trials and episodes of real speech",
    .enabled(if: Tree.isFolder(shaped), "needs VoxShaped beside the package"))
struct RealTrialsTests {
    private let folder = WorkFolder()

    /// Half of the speakers on each side; utterances of the test side are counted from the folders.
    private static let recipe = """
        name: shaped
        corpora:
          voxceleb: {layout: tree}
        resample: {rate: 16kHz}
        frame: {window: 25ms, hop: 10ms}
        features: {kind: fbank, mels: 20}
        split:
          by: list
          train: [TRAIN]
          test: [TEST]
        trials: {kind: all}
        episodes: {shots: [1, 3], ways: 2-3, count: 200, query: by-duration, sides: [test]}
        """

    @Test("every pair of test files is a trial of VoxCeleb's form, and episodes are by the seed's rules")
    func voxceleb() async throws {
        let speakers = try FileManager.default.contentsOfDirectory(atPath: shaped).sorted()
        let (train, test) = (speakers.prefix(speakers.count / 2), speakers.suffix(from: speakers.count / 2))
        let recipe = folder.path + "/shaped.yaml"
        try Tree.write(
            Self.recipe.replacing("TRAIN", with: train.joined(separator: ", "))
                .replacing("TEST", with: test.joined(separator: ", ")), to: recipe)
        let common = [
            recipe, "--corpus", "voxceleb=\(shaped)", "--workspace", folder.path + "/workspace",
        ]
        let built = try await Twinset.run(["build"] + common + ["--json"])
        try #require(built.status == 0, "\(built.complaint)")
        let sizes = test.map { Tree.files(shaped + "/" + $0).count }
        let count = sizes.reduce(0, +)
        let list = folder.path + "/trials.txt"
        let written = try await Twinset.run(["trials"] + common + ["--form", "voxceleb", "--out", list])
        #expect(written.status == 0, "\(written.complaint)")
        let lines = String(decoding: try Tree.read(list), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == count * (count - 1) / 2)
        #expect(lines.count { $0.hasPrefix("1 ") } == sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 })
        for line in lines.prefix(100) {
            #expect(line.split(separator: " ").dropFirst().allSatisfy { Tree.isThere("\(shaped)/\($0)") })
        }
        let checked = try await Twinset.run(["trials", "check", list] + common + ["--json"])
        #expect(checked.status == 0, "\(checked.output)")
        try await expectEpisodes(recipe)
    }

    private func expectEpisodes(_ recipe: String) async throws {
        let dataset = Dataset(recipe: recipe, corpus: shaped, workspace: folder.path + "/workspace")
        let split = try SafetensorsFile(
            try #require(try await dataset.artifacts("--stage", "split").first?.path))
        let speakers = try split.integers("row.speaker")
        let sides = try split.integers("row.side")
        let sets = try await dataset.artifacts("--stage", "episodes")
        #expect(
            sets.map(\.subject) == [1, 3].flatMap { shot in [2, 3].map { "test/\(shot)-shot-0\($0)-way" } })
        for set in sets {
            let file = try SafetensorsFile(try #require(set.path))
            let shot = set.subject.contains("/1-shot") ? 1 : 3
            let way = set.subject.contains("02-way") ? 2 : 3
            #expect(file.isTight && file.entries["support"]?.shape == [200, way, shot] && set.rows == 200)
            let (query, support) = (try file.integers("query"), try file.integers("support"))
            let answer = try file.integers("answer")
            for e in 0..<200 {
                let rows = support[e * way * shot..<(e + 1) * way * shot]
                // One example an utterance here: other rows are other utterances.
                #expect(Set(rows).count == way * shot && !rows.contains(query[e]))
                let classes = rows.map { speakers[$0] }
                #expect(Set(classes).count == way && (rows + [query[e]]).allSatisfy { sides[$0] == 3 })
                #expect(
                    classes.indices.allSatisfy {
                        (classes[$0] == speakers[query[e]]) == ($0 / shot == answer[e])
                    })
            }
        }
    }
}
