import Foundation
import TestSupport
import Testing

@Suite("Incremental, provably: files")
struct ChangedFilesTests {
    private let folder = WorkFolder()

    @Test("one new utterance redoes one pack per stage plus split and pairs; without it again, nothing")
    func newUtterance() async throws {
        let dataset = try await Reference.copyWithCorpus(in: folder)
        let known = SmallCorpus.sixSpeakers.utterances[0]
        let added = SmallCorpus.Utterance(
            speaker: known.speaker, session: known.session, number: 9, sampleCount: 50_000)
        let path = dataset.corpus + "/" + added.path
        try Tree.write(SmallCorpus.sixSpeakers.file(added), to: path)
        let plan = try await dataset.plan()
        let summary = try await dataset.build()
        #expect(summary.tasks == Summary.Tasks(ran: 4 + 3, upToDate: 5 * 4))
        #expect(summary.tasks.ran == plan.staleCount)
        #expect(summary.utterances == 37)
        try FileManager.default.removeItem(atPath: path)
        let without = try await dataset.build()
        #expect(without.tasks.ran == 0)
        #expect(without.dataset == (try await Reference.summary.dataset))
    }

    @Test("touching files without changing them redoes nothing")
    func touchedFiles() async throws {
        let dataset = try await Reference.copyWithCorpus(in: folder)
        try await expectNothingToDo(dataset)
        for file in Tree.files(dataset.corpus) {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1e9)],
                ofItemAtPath: dataset.corpus + "/" + file)
        }
        try await expectNothingToDo(dataset)
    }

    @Test("moving the corpus redoes nothing")
    func movedCorpus() async throws {
        var dataset = try await Reference.copyWithCorpus(in: folder)
        try Tree.move(dataset.corpus, to: folder.path + "/elsewhere")
        dataset.corpus = folder.path + "/elsewhere"
        try await expectNothingToDo(dataset)
    }

    @Test("moving files to other folders, with another nesting, redoes nothing")
    func otherNesting() async throws {
        var dataset = try await Reference.copy(in: folder)
        let flat = folder.path + "/flat"
        try Tree.makeFolder(flat)
        for file in Tree.files(dataset.corpus) {
            try Tree.copy(
                dataset.corpus + "/" + file, to: flat + "/" + (file.split(separator: "/").last ?? ""))
        }
        dataset.corpus = flat
        try await expectNothingToDo(dataset)
    }

    @Test("a file whose tags changed but whose audio did not is read again, and nothing after that runs")
    func changedTags() async throws {
        let dataset = try await Reference.copyWithCorpus(in: folder)
        let utterance = SmallCorpus.sixSpeakers.utterances[3]
        var file = WaveFile(SmallCorpus.sixSpeakers.samples(utterance))
        file.trailer = Array("LIST".utf8) + [4, 0, 0, 0] + Array("INFO".utf8)
        try Tree.write(file.bytes, to: dataset.corpus + "/" + utterance.path)
        let summary = try await dataset.build()
        #expect(summary.tasks.ran == 1)
        #expect(summary.dataset == (try await Reference.summary.dataset))
    }

    @Test("a file with other audio redoes its pack, split, certificate and pairs, and gives another dataset")
    func changedAudio() async throws {
        let dataset = try await Reference.copyWithCorpus(in: folder)
        let path = dataset.corpus + "/" + SmallCorpus.sixSpeakers.utterances[3].path
        try Tree.flip(path, at: 20_000)
        let plan = try await dataset.plan()
        #expect(plan["ingest"]?.reasons.first?.field.hasSuffix("19-121101-0000") == true)
        let summary = try await dataset.build()
        // The cuts are the same: only the pack's frame task is cut off.
        #expect(summary.dataset != (try await Reference.summary.dataset))
        #expect(summary.tasks.ran == 4 + 3)
    }

    @Test("the workspace can be moved or copied whole")
    func movedWorkspace() async throws {
        var dataset = try await Reference.copy(in: folder)
        try await expectNothingToDo(dataset)
        try Tree.move(dataset.workspace, to: folder.path + "/moved")
        dataset.workspace = folder.path + "/moved"
        try await expectNothingToDo(dataset)
        let verified = try await dataset.run("verify")
        #expect(verified.status == 0)
        #expect(verified.output.contains("all whole"))
    }

    @Test("an artifact that was deleted is made again by its one task, with the same digest")
    func deletedArtifact() async throws {
        let dataset = try await Reference.copy(in: folder)
        for stage in ["features", "frame", "ingest", "split", "pairs"] {
            let row = try #require(try await dataset.unsharedArtifact(stage))
            let path = try #require(row.path)
            try FileManager.default.removeItem(atPath: path)
            let summary = try await dataset.build()
            #expect(summary.tasks.ran == 1, "\(stage)")
            #expect(summary.dataset == (try await Reference.summary.dataset))
            #expect(FileManager.default.fileExists(atPath: path))
        }
        try await dataset.expectCleanStore()
    }

    @Test("an ingest artifact that was deleted is made again even when the cuts change at the same time")
    func deletedIngestWithOtherCuts() async throws {
        let dataset = try await Reference.copy(in: folder)
        let path = try #require(try await dataset.unsharedArtifact("ingest")?.path)
        try FileManager.default.removeItem(atPath: path)
        let other = try await dataset.build("--set", "frame.tail=zero")
        #expect(FileManager.default.fileExists(atPath: path))
        // One ingest; cuts and features of every pack; split, certificate and pairs.
        #expect(other.tasks.ran == 1 + 2 * 6 + 3)
        #expect(try await dataset.build().tasks.ran == 0)
        try await dataset.expectCleanStore()
    }

    private func expectNothingToDo(_ dataset: Dataset, at place: SourceLocation = #_sourceLocation)
        async throws
    {
        let plan = try await dataset.plan(at: place)
        #expect(plan.staleCount == 0, sourceLocation: place)
        let summary = try await dataset.build(at: place)
        #expect(summary.tasks == Summary.Tasks(ran: 0, upToDate: 27), sourceLocation: place)
        #expect(summary.dataset == (try await Reference.summary.dataset), sourceLocation: place)
    }
}
