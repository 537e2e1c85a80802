import Foundation
import Testing

@Suite("verify: every stored artifact rehashed; damage named with what it affects; --repair makes it again")
struct VerifyTests {
    private let folder = WorkFolder()

    private struct Report: Decodable {
        struct Damage: Decodable {
            let digest: String
            let what: String
            let path: String
            let madeBy: [String]
            let affects: [String]
        }

        struct Check: Decodable {
            let checked: Int
            let bytes: Int
            let damage: [Damage]
        }

        let check: Check
    }

    @Test("a whole workspace verifies: every artifact was read, and the status is 0")
    func cleanWorkspace() async throws {
        let dataset = try await Reference.dataset
        let run = try await dataset.run("verify", "--json")
        #expect(run.status == 0)
        let report: Report = try run.json()
        #expect(report.check.damage.isEmpty)
        #expect(report.check.checked == dataset.published.count)
        #expect(report.check.bytes == (try await Reference.summary.bytes))
    }

    @Test(
        "a flipped byte is named with stage, pack and what reads it, status 1; --repair makes it again",
        arguments: ["ingest", "frame", "features", "split", "certificate", "pairs"])
    func flippedByte(stage: String) async throws {
        let dataset = try await Reference.copy(in: folder)
        let row = try #require(try await dataset.unsharedArtifact(stage))
        let path = try #require(row.path)
        try Tree.flip(path, at: row.bytes - 1)
        let run = try await dataset.run("verify", "--json")
        #expect(run.status == 1)
        let damage = (try run.json() as Report).check.damage
        #expect(damage.count == 1)
        #expect(damage.first?.digest == row.digest)
        #expect(damage.first?.what == "changed")
        #expect(damage.first?.path == path)
        #expect(damage.first?.madeBy == ["\(stage) \(row.subject)"])
        let readers = [
            "ingest": [
                "resample \(row.subject)", "features \(row.subject)", "split dataset", "certificate dataset",
            ],
            "frame": ["features \(row.subject)", "split dataset", "certificate dataset"],
            "features": ["pairs train/00000"], "split": ["certificate dataset", "pairs train/00000"],
            "certificate": [], "pairs": [],
        ]
        #expect(damage.first?.affects.sorted() == readers[stage]?.sorted())
        let told = try await dataset.run("verify")
        #expect(told.status == 1)
        #expect(told.output.contains("made by \(stage) \(row.subject)") && told.output.contains("1 damaged"))
        try await expectRepair(dataset)
    }

    @Test("a deleted artifact and one cut short are named, and made again")
    func deletedArtifact() async throws {
        let dataset = try await Reference.copy(in: folder)
        let rows = try await dataset.artifacts("--stage", "features")
        try FileManager.default.removeItem(atPath: try #require(rows[0].path))
        let cut = try #require(rows[1].path)
        try Tree.write(Array(try Tree.read(cut).prefix(1000)), to: cut)
        let run = try await dataset.run("verify", "--json")
        #expect(run.status == 1)
        let damage = (try run.json() as Report).check.damage
        #expect(Set(damage.map(\.what)) == ["missing", "wrong size"])
        #expect(Set(damage.map(\.path)) == [rows[0].path ?? "", cut])
        try await expectRepair(dataset)
    }

    @Test("damage to what no build knows, left by a killed one, is found too, and removed")
    func damagedLeftover() async throws {
        let dataset = try await Reference.copy(in: folder)
        let digest = String(repeating: "b", count: 64)
        let path = dataset.workspace + "/store/bb/\(digest).safetensors"
        try Tree.write("nobody's", to: path)
        let run = try await dataset.run("verify", "--json")
        #expect(run.status == 1)
        #expect((try run.json() as Report).check.damage.map(\.path) == [path])
        try await expectRepair(dataset)
        #expect(!Tree.isThere(path))
    }

    @Test(
        "damage in the header of any artifact is repaired",
        arguments: ["ingest", "frame", "features", "split", "certificate", "pairs"])
    func damagedHeader(stage: String) async throws {
        let dataset = try await Reference.copy(in: folder)
        try Tree.flip(try #require(try await dataset.unsharedArtifact(stage)?.path), at: 9)
        try await expectRepair(dataset)
    }

    @Test("a repair that finds its corpus gone says so and removes nothing")
    func repairWithoutCorpus() async throws {
        let dataset = try await Reference.copyWithCorpus(in: folder)
        _ = try await dataset.build("--set", "pairs.seed=5")
        let row = try #require(try await dataset.artifacts("--stage", "features").first)
        let path = try #require(row.path)
        try Tree.flip(path, at: 4000)
        try Tree.move(dataset.corpus, to: folder.path + "/gone")
        let run = try await dataset.run("verify", "--repair")
        #expect(run.status == 2 || run.status == 1)
        #expect(run.complaintLines.count == 1)
        #expect(run.complaint.contains(dataset.corpus))
        #expect(FileManager.default.fileExists(atPath: path))
        try Tree.move(folder.path + "/gone", to: dataset.corpus)
        try await expectRepair(dataset, digest: nil)
    }

    private func expectRepair(
        _ dataset: Dataset, digest: String? = "reference", at place: SourceLocation = #_sourceLocation
    ) async throws {
        let repair = try await dataset.run("verify", "--repair")
        #expect(repair.status == 0, "\(repair.complaint)", sourceLocation: place)
        let clean = try await dataset.run("verify")
        #expect(clean.status == 0, sourceLocation: place)
        #expect(clean.output.contains("all whole"), sourceLocation: place)
        try await dataset.expectCleanStore(at: place)
        let summary = try await dataset.build(at: place)
        #expect(summary.dataset == (try await Reference.summary.dataset), sourceLocation: place)
        if digest != nil { #expect(summary.tasks.ran == 0, sourceLocation: place) }
    }
}
