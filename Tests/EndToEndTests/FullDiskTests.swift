import Foundation
import Testing

@Suite("A full disk", .enabled(if: TinyDisk.isPossible, "needs the right to mount a disk"))
struct FullDiskTests {
    private let folder = WorkFolder()

    @Test("a build that cannot fit is refused before it begins, in one sentence: 1")
    func refusedAtOnce() async throws {
        var dataset = try await Reference.fresh(in: folder)
        let disk = try TinyDisk(at: folder.path + "/disk", size: "2m")
        defer { disk.remove() }
        dataset.workspace = disk.path + "/workspace"
        let run = try await Twinset.run(dataset.arguments("build"))
        expectOneSentence(run, naming: dataset.workspace, "free")
        #expect(dataset.published.isEmpty)
    }

    @Test(
        "a disk that fills while a build runs: one clear sentence, status 1; with room the build is completed"
    )
    func fillsWhileBuilding() async throws {
        // At a quarter of the rate the sources say little of what will be written.
        let corpus = folder.path + "/LibriSpeech"
        try SmallCorpus.sixSpeakers.at(sampleRate: 4000).write(to: corpus)
        let settings = ["--set", "ingest.rates=[4kHz]"]
        let elsewhere = Dataset(corpus: corpus, workspace: folder.path + "/elsewhere")
        let undisturbed: Summary = try await Twinset.run(elsewhere.arguments("build", settings + ["--json"]))
            .json()

        let disk = try TinyDisk(at: folder.path + "/disk", size: "2m")
        defer { disk.remove() }
        let dataset = Dataset(corpus: corpus, workspace: disk.path + "/workspace")
        let filled = try await Twinset.run(dataset.arguments("build", settings))
        expectOneSentence(filled, naming: disk.path, "No space left on device", "free some space")
        try await dataset.expectWholeStore()
        // Now it may be seen beforehand that the rest does not fit either.
        expectOneSentence(
            try await Twinset.run(dataset.arguments("build", settings)), naming: disk.path, "free some space")
        try await dataset.expectWholeStore()
        try #require(disk.resize("64m"))
        let run = try await Twinset.run(dataset.arguments("build", settings + ["--json"]))
        #expect(run.status == 0, "\(run.complaint)")
        let summary: Summary = try run.json()
        #expect(summary.dataset == undisturbed.dataset)
        #expect(summary.utterances == 36)
        try await dataset.expectCleanStore()
        #expect(try await dataset.run("verify").status == 0)
    }

    @Test(
        "a disk that is full to the last byte, and a manifest that cannot grow: one clear sentence, status 1")
    func fullToTheLastByte() async throws {
        let reference = try await Reference.dataset
        let disk = try TinyDisk(at: folder.path + "/disk", size: "16m")
        defer { disk.remove() }
        var dataset = reference
        dataset.workspace = disk.path + "/workspace"
        try Tree.copy(reference.workspace, to: dataset.workspace)
        try fill(disk)
        let run = try await Twinset.run(dataset.arguments("build", ["--set", "pairs.seed=5"]))
        expectOneSentence(run, naming: disk.path, "free")
        try FileManager.default.removeItem(atPath: disk.path + "/ballast")
        #expect(try await dataset.build("--set", "pairs.seed=5").tasks.ran == 1)
        #expect(try await dataset.build().tasks.ran == 0)
        try await dataset.expectCleanStore()
    }

    /// What `export --json` prints.
    private struct Size: Decodable {
        let bytes: Int
        let resumed: Int
    }

    @Test("an export that was broken off needs no room again for what it has written")
    func resumedExport() async throws {
        let dataset = try await Reference.fresh(in: folder)
        _ = try await dataset.build()
        let options = ["--format", "webdataset", "--what", "triplets", "--rows-per-shard", "2", "--json"]
        let elsewhere = dataset.arguments("export", ["--out", folder.path + "/whole"] + options)
        let whole: Size = try await Twinset.run(elsewhere).json()
        let disk = try TinyDisk(at: folder.path + "/disk", size: "\(whole.bytes / 8 * 9)")
        defer { disk.remove() }
        let arguments = dataset.arguments("export", ["--out", disk.path + "/x"] + options)
        let receipts = disk.path + "/.x.partial/receipts"
        let running = try RunningProgram(Twinset.program, arguments)
        _ = try await onOwnThread { running.wait { Tree.files(receipts).count >= 12 } }
        running.kill()
        let killed = await running.end(limit: .seconds(60))
        let again: Size = try await Twinset.run(arguments).json()
        #expect(again.bytes == whole.bytes)
        if killed.status == nil { #expect(again.resumed >= 12) }
    }

    private func fill(_ disk: TinyDisk) throws {
        let descriptor = unsafe open(disk.path + "/ballast", O_WRONLY | O_CREAT, 0o644)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        for size in [65536, 1] {
            let zeros = [UInt8](repeating: 0, count: size)
            while unsafe zeros.withUnsafeBytes({ unsafe write(descriptor, $0.baseAddress, size) }) > 0 {}
        }
    }

    private func expectOneSentence(
        _ run: TwinsetRun, naming words: String..., at place: SourceLocation = #_sourceLocation
    ) {
        #expect(run.status == 1, sourceLocation: place)
        #expect(run.output == "", sourceLocation: place)
        #expect(run.complaintLines.count == 1, "\(run.complaint)", sourceLocation: place)
        for word in words { #expect(run.complaint.contains(word), "\(run.complaint)", sourceLocation: place) }
    }
}
