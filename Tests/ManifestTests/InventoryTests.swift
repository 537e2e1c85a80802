import ContentStore
import Manifest
import Testing

@Suite("The inventory")
struct InventoryTests {
    private static let ingest = ManifestFixture.question("ingest", "corpus/1272/0")
    private static let frame = ManifestFixture.question(
        "frame", "corpus/1272/0", parameters: #"{"hop":160}"#,
        inputs: [TaskInput(role: "ingest", digest: ManifestFixture.digest("I"))])
    private static let split = ManifestFixture.question(
        "split", "dataset",
        inputs: [TaskInput(role: "frame/corpus/1272/0", digest: ManifestFixture.digest("F"))])
    /// Reads all that split made as one list, whose digest is no artifact's.
    private static let pairs = ManifestFixture.question(
        "pairs", "train", inputs: [TaskInput(role: "split", digest: ManifestFixture.digest("list"))])
    private static let old = ManifestFixture.question("split", "dataset", parameters: "old")

    /// One pack through ingest and frame and two splits; the first build has the old one, the second the new and
    /// pairs.
    private func fill(_ fixture: borrowing ManifestFixture) async throws {
        var counts = TaskCounts()
        counts.utterances = 3
        let quarantined = QuarantineRow(
            corpus: "corpus", utterance: "1272-9", stage: "ingest", reason: "truncated", message: "cut off",
            byteCount: 12, source: nil, path: "1272-9.flac")
        try await fixture.writer.record([
            Receipt(
                question: InventoryTests.ingest, artifact: ManifestFixture.artifact("I"), isKept: true,
                counts: counts,
                utterances: [LedgerTests.utterance("1272-1")], quarantine: [quarantined], elapsedSeconds: 1,
                host: ""),
            ManifestFixture.receipt(InventoryTests.frame, makes: "F", isKept: false),
            ManifestFixture.receipt(InventoryTests.old, makes: "O"),
            ManifestFixture.receipt(InventoryTests.split, makes: "S"),
            ManifestFixture.receipt(InventoryTests.pairs, makes: "P"),
        ])
        let pack = [InventoryTests.ingest, InventoryTests.frame]
        for (name, last) in [
            ("first", [InventoryTests.old]), ("second", [InventoryTests.split, InventoryTests.pairs]),
        ] {
            _ = try await fixture.writer.record(build: ManifestFixture.build("one", name, tasks: pack + last))
        }
    }

    @Test("lists the tasks of each recipe's last build, or all, by stage or of every stage")
    func entries() async throws {
        let fixture = try ManifestFixture()
        try await fill(fixture)
        let inventory = Inventory(fixture.database)
        #expect(try inventory.entries().map(\.digest) == ["I", "F", "S", "P"].map(ManifestFixture.digest))
        #expect(
            try inventory.entries(all: true).map(\.digest)
                == ["I", "F", "O", "S", "P"].map(ManifestFixture.digest))
        #expect(try inventory.entries(stage: "split").map(\.digest) == [ManifestFixture.digest("S")])
        #expect(try inventory.entries(stage: "split", all: true).count == 2)
        #expect(try inventory.entries(stage: "absent", all: true).isEmpty)
        let first = try #require(try inventory.entries().first)
        #expect(first.stage == "ingest" && first.subject == "corpus/1272/0" && first.speaker == "1272")
        #expect(first.bytes == 1 && first.rows == 3 && first.isKept && first.builds.count == 2)
        #expect(first.key == InventoryTests.ingest.key.digest)
        #expect(try inventory.entries(stage: "split").first?.speaker == nil)
    }

    @Test("finds a task by the first digits of its artifact or its key, and nothing by other digits")
    func prefix() async throws {
        let fixture = try ManifestFixture()
        try await fill(fixture)
        let inventory = Inventory(fixture.database)
        let digest = ManifestFixture.digest("F")
        for text in [digest.hex, digest.short, InventoryTests.frame.key.digest.short] {
            #expect(try inventory.entries(prefix: text).map(\.digest) == [digest])
        }
        #expect(try inventory.entries(prefix: String(digest.hex.dropFirst())).isEmpty)
    }

    @Test("knows who made an artifact, who reads it, and what it was made of")
    func lineage() async throws {
        let fixture = try ManifestFixture()
        try await fill(fixture)
        let inventory = Inventory(fixture.database)
        #expect(try inventory.makers(of: ManifestFixture.digest("F")).map(\.stage) == ["frame"])
        let readers = try inventory.entries(all: true).map { entry in
            (entry.digest, try inventory.readers(of: entry).map(\.stage))
        }
        #expect(readers.map(\.0) == ["I", "F", "O", "S", "P"].map(ManifestFixture.digest))
        #expect(readers.map(\.1) == [["frame"], ["split"], [], ["pairs"], []])
        #expect(try inventory.inputs(of: InventoryTests.frame.key.digest) == InventoryTests.frame.inputs)
        #expect(try inventory.inputs(of: ManifestFixture.digest("no key")) == [])
        #expect(try inventory.parameters(of: InventoryTests.frame.key.digest) == #"{"hop":160}"#)
        #expect(try inventory.parameters(of: ManifestFixture.digest("no key")) == nil)
    }

    @Test("knows utterances and quarantined ones by their ids")
    func utterances() async throws {
        let fixture = try ManifestFixture()
        try await fill(fixture)
        let inventory = Inventory(fixture.database)
        let found = try inventory.utterances(id: "1272-1")
        #expect(found.map(\.row) == [LedgerTests.utterance("1272-1")])
        #expect(found.map(\.key) == [InventoryTests.ingest.key.digest])
        #expect(try inventory.utterances(id: "1272").isEmpty)
        #expect(try inventory.quarantine().map(\.utterance) == ["1272-9"])
        #expect(try inventory.quarantine(utterance: "1272-9").map(\.reason) == ["truncated"])
        #expect(try inventory.quarantine(utterance: "1272-1").isEmpty)
    }

    @Test("tells what should be in the store, and what a build needs of it")
    func kept() async throws {
        let fixture = try ManifestFixture()
        try await fill(fixture)
        let inventory = Inventory(fixture.database)
        let kept = ["I", "O", "S", "P"].map(ManifestFixture.artifact).sorted { $0.digest < $1.digest }
        #expect(try inventory.kept() == kept)
        let builds = try fixture.ledger.builds().map(\.number)
        #expect(
            try inventory.artifacts(ofBuilds: [builds[0]])
                == Set(["I", "F", "S", "P"].map(ManifestFixture.digest)))
        #expect(try inventory.artifacts(ofBuilds: builds).count == 5)
        #expect(try inventory.artifacts(ofBuilds: []).isEmpty)
        try await fixture.writer.forget(builds: [builds[1]])
        #expect(try inventory.kept().map(\.digest).contains(ManifestFixture.digest("O")) == false)
    }
}
