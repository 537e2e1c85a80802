import ContentStore
import Corpus
import Testing

@testable import Shards

@Suite("TFRecord files")
struct TFRecordFormatTests {
    /// tfrecord 1.14.6, protobuf 7.36.2, google-crc32c 1.9.0: rows 0 and 1 of the fixture, each an Example of
    /// `b"".join(Features(feature={k: f[k]}).SerializeToString() for k in sorted(f))` between its length and the masked
    /// checksums.
    @Test("have the bytes that the reference libraries give them, and an index of them")
    func isTheLibrarys() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(rows: [.train: 3])
        let (receipts, files) = try fixture.write(TFRecordFormat(outline), outline)
        let name = "train/demo-train.tfrecord-00000-of-00002"
        #expect(
            receipts[0].files[0]
                == WrittenFile(
                    name: name, byteCount: 518,
                    sha256: "514083f233e6efd8dd5a064eb5eff1f66cc5ae4480e20824b8589109468db458"))
        #expect(try fixture.text(name + ".index") == "0 250\n250 268\n")
        #expect(
            receipts[1].files.map(\.name) == [
                "train/demo-train.tfrecord-00001-of-00002", "train/demo-train.tfrecord-00001-of-00002.index",
            ])
        #expect(files.map(\.name) == ["features.json"])
        #expect(
            try fixture.text("features.json").hasPrefix(
                #"{"features": {"type": "float32", "shape": [null, 3]}, "features_shape": {"type": "int64", "shape": [2]}, "#
                    + #""label": {"type": "int64", "shape": []}, "speaker": {"type": "string", "shape": []}"#)
        )
    }

    @Test("half precision becomes single")
    func half() throws {
        let (first, second) = (try ShardFixture(), try ShardFixture())
        defer {
            first.remove()
            second.remove()
        }
        let columns = [ShardColumn("features", .array(.float16, shape: [nil, 3]))] + ShardFixture.labels
        let (half, single) = (
            ShardFixture.outline(columns: columns, rows: [.train: 2]), ShardFixture.outline(rows: [.train: 2])
        )
        let one = try first.write(TFRecordFormat(half), half) {
            ShardFixture.example($0, type: .float16)
        }
        let two = try second.write(TFRecordFormat(single), single)
        #expect(one.receipts == two.receipts, "every value of the fixture is a half exactly")
    }

    @Test(
        "a negative number has ten bytes, an empty text none, and lengths of 128 and more two bytes and more")
    func numbers() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let columns = [ShardColumn("label", .integer), ShardColumn("text", .text)]
        let outline = ShardFixture.outline(columns: columns, rows: [.train: 1])
        _ = try fixture.write(TFRecordFormat(outline), outline) { _ in
            var row = ShardRow()
            row.key = String(repeating: "k", count: 200)
            row.values = [.integer(-2), .text("")]
            return row
        }
        let bytes = try fixture.bytes("train/demo-train.tfrecord-00000-of-00001")
        let key: [UInt8] =
            [0x0A, 0xD6, 0x01, 0x0A, 3] + Array("key".utf8) + [
                0x12, 0xCE, 0x01, 0x0A, 0xCB, 0x01, 0x0A, 0xC8, 0x01,
            ]
            + Array(repeating: UInt8(ascii: "k"), count: 200)
        let label: [UInt8] =
            [0x0A, 23, 0x0A, 5] + Array("label".utf8) + [0x12, 14, 0x1A, 12, 0x0A, 10, 0xFE]
            + Array(repeating: 0xFF, count: 8) + [1]
        let text: [UInt8] = [0x0A, 12, 0x0A, 4] + Array("text".utf8) + [0x12, 4, 0x0A, 2, 0x0A, 0]
        let features = key + label + text
        let example = [0x0A] + Protobuf.varint(UInt64(features.count)) + features
        #expect(Array(bytes[12..<(bytes.count - 4)]) == example)
        #expect(bytes.word(0) == UInt32(example.count) && bytes.word(4) == 0)
    }

    @Test("audio is bytes, said to be FLAC of its rate")
    func audio() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(.audio, columns: ListFormatTests.audio, rows: [.train: 1])
        _ = try fixture.write(TFRecordFormat(outline), outline, row: ListFormatTests.utterance)
        #expect(
            try fixture.text("features.json").hasPrefix(
                #"{"audio": {"type": "flac", "sample_rate": 16000, "shape": []}, "#))
        let bytes = try fixture.bytes("train/demo-train.tfrecord-00000-of-00001")
        let feature = Array("audio".utf8) + [0x12, 10, 0x0A, 8, 0x0A, 6] + Array("flac 0".utf8)
        #expect(bytes.indices.contains { bytes[$0...].starts(with: feature) })
    }

    @Test("arrays of whole numbers are refused by name")
    func wholeNumbers() {
        let columns = [ShardColumn("picture", .array(.uint8, shape: [2, 2]))]
        let outline = ShardFixture.outline(columns: columns, rows: [.train: 1])
        let error = #expect(throws: ShardError.self) { try TFRecordFormat(outline) }
        #expect(error?.message.contains("picture has uint8") == true)
        #expect(throws: ShardError.self) { try ParquetFormat(outline) }
    }
}
