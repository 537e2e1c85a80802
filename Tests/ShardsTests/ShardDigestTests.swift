import ContentStore
import Corpus
import Testing

@testable import Shards

@Suite("Digests of shards")
struct ShardDigestTests {
    private static let side = ShardPlace(side: .train, number: 0, count: 1, firstRow: 0, rowCount: 90)

    /// Writes 90 rows; those of an announced shard are told first.
    private func write(
        _ format: any ShardFormat, _ fixture: ShardFixture, digests: PendingDigests? = nil,
        isAnnounced: Bool, hashing: (PendingDigests, Int) -> Void = { _, _ in }
    ) throws -> ShardReceipt {
        let folder = ShardFolder(fixture.folder, digests: digests)
        var writer = try format.writer(ShardDigestTests.side, in: folder)
        if isAnnounced {
            for number in 0..<90 { try writer.announce(announced(ShardFixture.example(number))) }
        }
        for number in 0..<90 {
            try writer.append(ShardFixture.example(number))
            if let digests { hashing(digests, number) }
        }
        return try writer.finish()
    }

    /// The row without its bytes.
    private func announced(_ row: ShardRow) -> ShardRow {
        var announced = ShardRow()
        announced.key = row.key
        for value in row.values {
            guard case .array(let shape, let bytes) = value else {
                announced.values.append(value)
                continue
            }
            announced.announce(shape: shape, byteCount: bytes.count)
        }
        return announced
    }

    private static let widths = ["key": 24, "speaker": 6, "session": 2, "utterance": 16, "sex": 1]

    @Test(
        "a front that is written last has the bytes of one that was announced, and the digest is that of the file",
        arguments: ["safetensors", "mds", "numpy"])
    func announcement(name: String) throws {
        let (told, untold) = (try ShardFixture(), try ShardFixture())
        defer {
            told.remove()
            untold.remove()
        }
        var outline = ShardFixture.outline(rows: [.train: 90])
        outline = ExportOutline(
            name: outline.name, summary: "", dataset: outline.dataset, content: .examples,
            columns: outline.columns, splits: outline.splits, sampleRate: 16000, hop: 160,
            speakers: outline.speakers, trainSpeakerCount: 1, parameters: "{}",
            textWidths: ShardDigestTests.widths)
        let format = try ShardFormats.named(name).init(outline)
        let one = try write(format, told, isAnnounced: true)
        #expect(try one == write(format, untold, isAnnounced: false))
        #expect(try format.writer(ShardDigestTests.side, in: ShardFolder(told.folder)).wantsAnnouncement)
        for file in one.files {
            let bytes = try untold.bytes(file.name)
            #expect(bytes.count == file.byteCount && Digest.of(bytes).hex == file.sha256, "\(file.name)")
        }
    }

    @Test(
        "are the same whenever pending bytes are hashed, in pieces or all at the end",
        arguments: ["webdataset", "kaldi", "parquet"])
    func pending(name: String) throws {
        let outline = ShardFixture.outline(rows: [.train: 90])
        let format = try ShardFormats.named(name).init(outline)
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let alone = try write(format, fixture, isAnnounced: false)
        let late = try write(format, fixture, digests: PendingDigests(), isAnnounced: false)
        let early = try write(format, fixture, digests: PendingDigests(), isAnnounced: false) {
            digests, number in
            digests.hash(number % 3)
        }
        #expect(alone == late && alone == early)
    }

    @Test("pieces are hashed in order, as many as asked, and a file longer than a piece is the same")
    func pieces() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let digests = PendingDigests()
        let file = try ShardFile("long", in: ShardFolder(fixture.folder, digests: digests))
        let bytes = (0..<PendingDigests.pieceSize * 3 + 5).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try file.append(bytes)
        #expect(digests.count == 3 && !digests.isFull)
        digests.hash(2)
        #expect(digests.count == 1)
        try file.append(integer: UInt16(0x0102))
        let written = try file.finish()
        #expect(written.byteCount == bytes.count + 2)
        #expect(try fixture.bytes("long") == bytes + [2, 1])
        #expect(written.sha256 == Digest.of(bytes + [2, 1]).hex)
    }

    @Test("hashed beside, with the adder waiting for room, a file's digest is that of its bytes")
    func beside() async throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let digests = PendingDigests()
        let piece = (0..<PendingDigests.pieceSize / 4).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        var whole: [UInt8] = []
        for name in ["first", "second"] {
            let file = try ShardFile(name, in: ShardFolder(fixture.folder, digests: digests))
            digests.open()
            async let hashed: Void = digests.hashUntilClosed()
            whole = []
            for turn in 0..<160 {
                try file.append([UInt8(turn)] + piece)
                whole += [UInt8(turn)] + piece
                if digests.isFull { await digests.room() }
                #expect(digests.count <= 17)
            }
            digests.close()
            await hashed
            #expect(digests.count == 0)
            #expect(try file.finish().sha256 == Digest.of(whole).hex)
        }
    }

    @Test("whoever waits for room or for more goes on when it is closed")
    func closed() async throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let digests = PendingDigests()
        digests.open()
        async let hashed: Void = digests.hashUntilClosed()
        try await Task.sleep(for: .milliseconds(20))
        digests.close()
        await hashed
        let file = try ShardFile("long", in: ShardFolder(fixture.folder, digests: digests))
        for _ in 0..<20 { try file.append([UInt8](repeating: 1, count: PendingDigests.pieceSize)) }
        digests.open()
        async let room: Void = digests.room()
        try await Task.sleep(for: .milliseconds(20))
        digests.close()
        await room
        #expect(digests.count == 20 && digests.isFull)
        // Closed, it makes nobody wait.
        await digests.room()
        #expect(try file.finish().byteCount == 20 * PendingDigests.pieceSize)
    }
}
