import Foundation
import Testing

@Suite("artifacts, show and gc")
struct WorkspaceCareTests {
    private let folder = WorkFolder()

    @Test("artifacts: stage, pack, speaker, digest, bytes, rows, path in the store")
    func artifactsAreListed() async throws {
        let dataset = try await Reference.dataset
        let rows = try await dataset.artifacts()
        #expect(rows.count == 27)
        #expect(
            Set(rows.map(\.stage)) == [
                "ingest", "resample", "frame", "features", "split", "certificate", "pairs",
            ])
        for row in rows where row.stage != "resample" {
            let path = try #require(row.path)
            let facts = try FileManager.default.attributesOfItem(atPath: path)
            #expect(facts[.size] as? Int == row.bytes)
            #expect(path.hasSuffix("/\(row.digest.prefix(2))/\(row.digest).safetensors"))
        }
        // Waveforms at the corpus's own rate are not kept: they are the sources.
        #expect(rows.filter { $0.stage == "resample" }.allSatisfy { $0.path == nil })
        let features = try await dataset.artifacts("--stage", "features")
        #expect(features.count == 6 && features.allSatisfy { $0.stage == "features" })
        #expect(Set(features.compactMap(\.speaker)) == ["19", "26", "27", "32", "39", "60"])
        #expect(features.reduce(0) { $0 + $1.rows } == (try await Reference.summary.examples))
        let table = try await dataset.run("artifacts", "--stage", "features")
        let lines = table.output.split(separator: "\n")
        #expect(lines.count == 7)
        #expect(
            lines.first?.split(separator: " ") == [
                "stage", "pack", "speaker", "digest", "bytes", "rows", "path",
            ])
    }

    @Test("the workspace, .twinset where none is named, holds manifest.sqlite and the store")
    func defaultWorkspace() async throws {
        let corpus = try await Reference.corpus.value
        let arguments = [
            "build", Dataset.manifests + "/fbanknet.yaml", "--corpus", "librispeech=\(corpus)", "--json",
        ]
        let run = try await Twinset.run(arguments, in: folder.path)
        #expect((try run.json() as Summary).dataset == (try await Reference.summary.dataset))
        for part in ["manifest.sqlite", "store"] { #expect(Tree.isThere(folder.path + "/.twinset/" + part)) }
        let rows: [ArtifactRow] = try await Twinset.run(["artifacts", "--json"], in: folder.path).json()
        #expect(rows.count == 33)
        // A relative path in the command line is one from where the command runs.
        try Tree.copy(corpus, to: folder.path + "/speech")
        let relative = try await Twinset.run(
            Array(arguments.prefix(3)) + ["librispeech=speech", "--json"], in: folder.path)
        #expect((try relative.json() as Summary).tasks.ran == 0)
    }

    @Test("show: what an utterance is, and its lineage back to the source file and forward to the pairs")
    func showsUtterance() async throws {
        let dataset = try await Reference.dataset
        let utterance = SmallCorpus.sixSpeakers.utterances[7]
        let run = try await dataset.run("show", utterance.id)
        #expect(run.status == 0)
        #expect(run.output.contains("speaker 26, session \(utterance.session)"))
        #expect(run.output.contains("\(utterance.sampleCount) samples at 16000 Hz"))
        #expect(run.output.contains(dataset.corpus + "/" + utterance.path))
        for stage in ["resample", "frame", "features", "split", "pairs"] {
            #expect(run.output.contains("\(stage) "), "\(stage)")
        }
        #expect(run.output.contains(/features librispeech\/26\/121108, artifact [0-9a-f]+, rows \d+ to \d+/))
        // What other speakers' packs made has nothing to do with it, though their cuts may be equal.
        for other in [19, 27, 32, 39, 60] {
            #expect(!run.output.contains("librispeech/\(other)/"), "\(run.output)")
        }
    }

    @Test("show: what an artifact and a task are, back to the source and forward to the pairs")
    func showsArtifact() async throws {
        let dataset = try await Reference.dataset
        for row in try await dataset.artifacts("--stage", "features") {
            let speaker = try #require(row.speaker)
            let run = try await dataset.run("show", String(row.digest.prefix(10)))
            #expect(run.status == 0)
            #expect(run.output.contains(row.digest))
            #expect(run.output.contains("made by      features \(row.subject), task "))
            #expect(run.output.contains("features.mels = 64"))
            #expect(run.output.contains(/went into +pairs train\/00000/), "\(run.output)")
            let sources = run.output.split(separator: "\n").compactMap { line in
                line.split(separator: " ").first {
                    $0.hasPrefix("librispeech/") && $0.split(separator: "/").count == 4
                }
            }
            let own = SmallCorpus.sixSpeakers.utterances.filter { "\($0.speaker.id)" == speaker }
            #expect(
                Set(sources.map { String($0.split(separator: "/")[3]) }) == Set(own.map(\.id)),
                "\(run.output)")
            let task = try #require(run.output.firstMatch(of: /task ([0-9a-f]{64})/)?.1)
            #expect(try await dataset.run("show", String(task.prefix(12))).output == run.output)
        }
    }

    @Test(
        "show of nonsense says what can be shown: 2",
        arguments: ["nonsense", "19-1-0000", "ffffffffffff", "ab", ""])
    func showsNothing(id: String) async throws {
        let run = try await (try await Reference.dataset).run("show", id)
        #expect(run.status == 2)
        #expect(run.output == "")
        #expect(run.complaintLines.count == 1)
    }

    @Test("gc --dry-run says what and how much, and removes nothing; gc removes what no kept build needs")
    func collectsGarbage() async throws {
        let dataset = try await Reference.copy(in: folder)
        let forty = try await dataset.build("--set", "features.mels=40")
        let before = dataset.published
        let dry = try await dataset.run("gc", "--dry-run")
        #expect(dry.status == 0)
        // Six packs of features and one shard of pairs.
        #expect(dry.output.contains("7 artifacts ("))
        #expect(dataset.published == before)
        let wet = try await dataset.run("gc")
        #expect(wet.output == dry.output.replacingOccurrences(of: "would be removed", with: "removed"))
        #expect(dataset.published.count == before.count - 7)
        #expect(try await dataset.build("--set", "features.mels=40").tasks.ran == 0)
        #expect(try await dataset.run("verify").status == 0)
        let rows = try await dataset.artifacts("--all")
        #expect(
            Set(rows.compactMap(\.path)) == Set(dataset.published.map { dataset.workspace + "/store/" + $0 }))
        let back = try await dataset.build()
        #expect(back.tasks.ran == 7)
        #expect(back.dataset == (try await Reference.summary.dataset))
        #expect(back.dataset != forty.dataset)
    }

    @Test("gc keeps the last build of every recipe, and as many of each as it is told")
    func keepsRecipes() async throws {
        var dataset = try await Reference.copy(in: folder)
        _ = try await dataset.build("--set", "features.mels=40")
        _ = try await dataset.build("--set", "name=other", "--set", "features.mels=20")
        let before = dataset.published
        _ = try await dataset.run("gc", "--keep", "2")
        #expect(dataset.published == before)
        _ = try await dataset.run("gc")
        #expect(dataset.published.count == before.count - 7)
        #expect(try await dataset.build("--set", "features.mels=40").tasks.ran == 0)
        #expect(try await dataset.build("--set", "name=other", "--set", "features.mels=20").tasks.ran == 0)
        dataset.workspace = folder.path + "/none"
        #expect(try await dataset.run("gc").status == 1)
    }

    @Test("gc removes what killed builds left behind")
    func removesLeftovers() async throws {
        let dataset = try await Reference.copy(in: folder)
        try Tree.write("half", to: dataset.workspace + "/store/incoming/1-1")
        let digest = String(repeating: "a", count: 64)
        try Tree.write("nobody's", to: dataset.workspace + "/store/aa/\(digest).safetensors")
        #expect(try await dataset.run("gc").output.hasPrefix("1 artifacts (8 B)"))
        #expect(dataset.published == (try await Reference.dataset.published))
        #expect(Tree.files(dataset.workspace + "/store/incoming").isEmpty)
        #expect(try await dataset.build().tasks.ran == 0)
    }
}
