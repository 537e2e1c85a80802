import Foundation
import Testing

@Suite("Exports")
struct ExportTests {
    private let folder = WorkFolder()

    /// What `export --json` prints.
    private struct Report: Decodable {
        let digest: String
        let dataset: String
        let rows: [String: Int]
        let shards: Int
        let resumed: Int
        let wasThere: Bool
        let checkedExamples: Int?
    }

    private func export(
        _ dataset: Dataset, _ name: String, _ more: String..., at place: SourceLocation = #_sourceLocation
    ) async throws -> Report {
        let run = try await Twinset.run(
            dataset.arguments("export", ["--out", folder.path + "/" + name, "--json"] + more), at: place)
        try #require(run.status == 0, "\(run.complaint)", sourceLocation: place)
        return try run.json()
    }

    /// The bytes of every file below an export, by name.
    private func contents(_ name: String) throws -> [String: [UInt8]] {
        let root = folder.path + "/" + name
        return Dictionary(
            uniqueKeysWithValues: try Tree.files(root).map { ($0, try Tree.read(root + "/" + $0)) })
    }

    @Test(
        "the same bytes from any number of workers, from another workspace, and after a move",
        arguments: ["safetensors", "numpy", "webdataset", "kaldi-compressed", "lhotse-shar"])
    func reproducible(format: String) async throws {
        let dataset = try await Reference.fresh(in: folder)
        _ = try await dataset.build()
        let options = ["--format", format, "--rows-per-shard", "7", "--shuffle", "3"]
        let one = try await Twinset.run(
            dataset.arguments("export", ["--out", folder.path + "/one", "--jobs", "1"] + options))
        let four = try await Twinset.run(
            dataset.arguments("export", ["--out", folder.path + "/four", "--jobs", "4"] + options))
        #expect(one.status == 0 && four.status == 0, "\(one.complaint) \(four.complaint)")
        let (first, second) = (try contents("one"), try contents("four"))
        #expect(first == second && first.count > 5)
        try Tree.move(folder.path + "/one", to: folder.path + "/elsewhere")
        let check = try await Twinset.run(["verify", folder.path + "/elsewhere"])
        #expect(check.status == 0 && check.output.contains("all whole"), "\(check.output)")
    }

    @Test("counts agree in the manifest, the index and the shards; every row is what the artifacts hold")
    func complete() async throws {
        let dataset = try await Reference.fresh(in: folder)
        let summary = try await dataset.build()
        let report = try await export(
            dataset, "x", "--format", "safetensors", "--rows-per-shard", "10", "--shuffle", "5")
        #expect(report.dataset == summary.dataset && report.checkedExamples == 3)
        #expect(report.rows.values.reduce(0, +) == summary.examples)
        let source = try ExportSource(try await dataset.artifacts("--stage", "features"))
        var seen: Set<Int> = []
        for side in report.rows.keys {
            var rows = 0
            for file in Tree.files(folder.path + "/x/" + side) where file.hasPrefix(side + "-") {
                let shard = try SafetensorsFile(folder.path + "/x/\(side)/\(file)")
                #expect(shard.isTight)
                let numbers = try shard.integers("row")
                let utterances = try shard.texts("utterance")
                let starts = try shard.integers("start")
                let keys = try shard.texts("key")
                for (place, number) in numbers.enumerated() {
                    let (known, local) = source.row(number)
                    #expect(seen.insert(number).inserted)
                    #expect(
                        utterances[place]
                            == (try known.texts("utterance"))[try known.integers("row.utterance")[local]])
                    #expect(starts[place] == (try known.integers("row.start"))[local])
                    #expect(
                        try shard.floats("features", place * 4096..<(place + 1) * 4096)
                            == known.floats("features", local * 4096..<(local + 1) * 4096))
                    #expect(keys[place].hasPrefix(utterances[place] + "-"))
                }
                rows += numbers.count
            }
            #expect(rows == report.rows[side])
        }
        #expect(seen.count == summary.examples)
    }

    @Test("triplets by reference count rows of the export, and name speakers that fit")
    func references() async throws {
        let dataset = try await Reference.fresh(in: folder)
        _ = try await dataset.build()
        _ = try await export(dataset, "x", "--format", "safetensors", "--shuffle", "9", "--split", "train")
        let root = folder.path + "/x/train/"
        let rows = try SafetensorsFile(root + "train-000000.safetensors")
        let triplets = try SafetensorsFile(root + "pairs-00000.safetensors")
        let speakers = try rows.texts("speaker")
        let (a, p, n) = (
            try triplets.integers("anchor"), try triplets.integers("positive"),
            try triplets.integers("negative")
        )
        #expect(a.count > 10)
        for index in a.indices {
            #expect(speakers[a[index]] == speakers[p[index]] && a[index] != p[index])
            #expect(speakers[a[index]] != speakers[n[index]])
        }
        // Labels are dense, those of train first.
        let labels = Set(try rows.integers("label"))
        #expect(labels == Set(0..<labels.count))
    }

    @Test("a global shuffle: the order has nothing to do with the source's, and no row is lost")
    func shuffled() async throws {
        let dataset = try await Reference.fresh(in: folder)
        _ = try await dataset.build()
        _ = try await export(dataset, "a", "--format", "safetensors", "--shuffle", "1", "--split", "train")
        _ = try await export(dataset, "b", "--format", "safetensors", "--shuffle", "2", "--split", "train")
        func order(_ name: String) throws -> [Int] {
            try SafetensorsFile(folder.path + "/\(name)/train/train-000000.safetensors").integers("row")
        }
        let (a, b) = (try order("a"), try order("b"))
        #expect(a != b && a.sorted() == b.sorted() && a != a.sorted())
    }

    @Test("a killed export leaves no index and goes on where it stopped, to the same bytes")
    func resumes() async throws {
        let dataset = try await Reference.fresh(in: folder)
        _ = try await dataset.build()
        let options = ["--format", "webdataset", "--what", "triplets", "--rows-per-shard", "2"]
        let whole = try await Twinset.run(
            dataset.arguments("export", ["--out", folder.path + "/whole"] + options))
        #expect(whole.status == 0, "\(whole.complaint)")
        let arguments = dataset.arguments("export", ["--out", folder.path + "/killed", "--json"] + options)
        let partial = folder.path + "/.killed.partial/receipts"
        let running = try RunningProgram(Twinset.program, arguments)
        let sawReceipt = try await onOwnThread { running.wait { Tree.files(partial).count >= 2 } }
        running.kill()
        let killed = await running.end(limit: .seconds(60))
        #expect(sawReceipt)
        if killed.status == nil {
            #expect(!Tree.isThere(folder.path + "/killed"))
            #expect(!Tree.isThere(folder.path + "/.killed.partial/index.json"))
        }
        let again: Report = try await Twinset.run(arguments).json()
        if killed.status == nil { #expect(again.resumed >= 1) }
        #expect(try contents("whole") == contents("killed"))
        #expect(!Tree.isThere(folder.path + "/.killed.partial"))
        let third: Report = try await Twinset.run(arguments).json()
        #expect(third.wasThere)
    }

    @Test("a folder that it did not make is never touched")
    func neverOverwrites() async throws {
        let dataset = try await Reference.fresh(in: folder)
        _ = try await dataset.build()
        try Tree.write("mine", to: folder.path + "/mine/notes.txt")
        func run(_ more: String...) async throws -> TwinsetRun {
            try await Twinset.run(dataset.arguments("export", ["--out", folder.path + "/mine"] + more))
        }
        let refused = try await run("--format", "numpy")
        #expect(refused.status == 2 && refused.complaintLines.count == 1, "\(refused.complaint)")
        #expect(refused.complaint.contains("is no export of Twinset"))
        #expect(Tree.files(folder.path + "/mine") == ["notes.txt"])
        _ = try await export(dataset, "x", "--format", "numpy")
        let other = try await Twinset.run(
            dataset.arguments("export", ["--out", folder.path + "/x", "--format", "webdataset"]))
        #expect(other.status == 2 && other.complaint.contains("holds another export"), "\(other.complaint)")
    }

    @Test("verify names the damaged file of an export and the rows that are lost with it")
    func verify() async throws {
        let dataset = try await Reference.fresh(in: folder)
        _ = try await dataset.build()
        _ = try await export(dataset, "x", "--format", "safetensors", "--rows-per-shard", "5")
        let shard = folder.path + "/x/train/train-000001.safetensors"
        try Tree.flip(shard, at: try Tree.read(shard).count / 2)
        try Tree.write("?", to: folder.path + "/x/train/stray.tar")
        let run = try await Twinset.run(["verify", folder.path + "/x"])
        #expect(run.status == 1)
        #expect(
            run.output.contains("changed: train/train-000001.safetensors: rows 5..<10 of train"),
            "\(run.output)")
        #expect(run.output.contains("not of this export: train/stray.tar"))
        let none = try await Twinset.run(["verify", folder.path])
        #expect(none.status == 2 && none.complaint.contains("has no index.json"), "\(none.complaint)")
    }

    @Test("what cannot be asked gets one sentence that says what can")
    func refusals() async throws {
        var dataset = try await Reference.fresh(in: folder)
        dataset.settings.append("split.validation=")
        let out = ["--out", folder.path + "/x"]
        func refusal(_ more: String...) async throws -> String {
            let run = try await Twinset.run(dataset.arguments("export", out + more))
            #expect(run.status == 2, "\(run.complaint)")
            return run.complaint
        }
        #expect(try await refusal("--format", "numpy").contains("was not built"))
        _ = try await dataset.build()
        #expect(
            try await refusal("--format", "hdf5").contains("there is no format 'hdf5'; there are safetensors")
        )
        #expect(
            try await refusal("--format", "numpy", "--what", "audio").contains(
                "numpy carries examples, not audio"))
        #expect(
            try await refusal("--format", "webdataset", "--what", "pairs").contains(
                "makes triplets, not pairs"))
        #expect(
            try await refusal("--format", "numpy", "--split", "validation").contains(
                "no examples of side validation"))
        #expect(try await refusal("--format", "safetensors", "--what", "trials").contains("makes no trials"))
        #expect(
            try await refusal("--format", "numpy", "--set", "features.mels=40").contains(
                "other parameters of features"))
        let byDigest = try await Twinset.run(
            ["export", "abcdef", "--format", "numpy", "--workspace", dataset.workspace] + out)
        #expect(
            byDigest.status == 2 && byDigest.complaint.contains("starts with abcdef"), "\(byDigest.complaint)"
        )
        #expect(!Tree.isThere(folder.path + "/x"))
    }

    @Test(
        "a README, metadata with every file's digest and its licence, speakers and parameters lie beside it")
    func beside() async throws {
        struct Metadata: Decodable {
            struct File: Decodable {
                let contentUrl: String?
                let sha256: String?
            }
            let license: String
            let distribution: [File]
        }
        let dataset = try await Reference.fresh(in: folder)
        _ = try await dataset.build()
        let options = ["--out", folder.path + "/x", "--format", "webdataset", "--license"]
        let made = try await Twinset.run(dataset.arguments("export", options + ["CC-BY-4.0"]))
        try #require(made.status == 0, "\(made.complaint)")
        let files = try contents("x")
        let metadata = try JSONDecoder().decode(
            Metadata.self, from: Data(try #require(files["croissant.json"])))
        #expect(metadata.license == "https://spdx.org/licenses/CC-BY-4.0.html")
        let listed = metadata.distribution.compactMap(\.contentUrl)
        #expect(Set(listed) == Set(files.keys).subtracting(["croissant.json", "index.json"]))
        #expect(metadata.distribution.allSatisfy { $0.contentUrl == nil || $0.sha256?.count == 64 })
        let readme = String(decoding: try #require(files["README.md"]), as: UTF8.self)
        #expect(readme.hasPrefix("---\nlicense: cc-by-4.0\n"))
        #expect(files["speakers.csv"] != nil && files["consumer.json"] != nil && files["load.py"] != nil)
        let other = try await Twinset.run(dataset.arguments("export", options + ["MIT"]))
        #expect(other.status == 2 && other.complaint.contains("holds another export"), "\(other.complaint)")
    }
}

/// The features artifacts of a dataset in row order.
private struct ExportSource {
    private var files: [(first: Int, file: SafetensorsFile)] = []

    init(_ rows: [ArtifactRow]) throws {
        var first = 0
        for row in rows.sorted(by: { $0.subject.utf8.lexicographicallyPrecedes($1.subject.utf8) }) {
            let file = try SafetensorsFile(try #require(row.path))
            files.append((first, file))
            first += try file.integers("row.start").count
        }
    }

    func row(_ number: Int) -> (file: SafetensorsFile, local: Int) {
        guard let found = files.last(where: { $0.first <= number }) else {
            preconditionFailure("no artifact has row \(number)")
        }
        return (found.file, number - found.first)
    }
}
