import ContentStore
import Corpus
import Foundation
import Testing

@testable import Shards

@Suite("MDS shards")
struct MDSFormatTests {
    /// The SHA-256 and the size of `shard.00000.mds` as mosaicml-streaming 0.13.0 writes rows 0 and 1 of the fixture:
    /// `MDSWriter(out=d, columns={"features": ENCODING, "key": "str", "label": "int", …}, hashes=["sha256"],
    /// size_limit=None)`. Rows of one shape have the first frame alone.
    static let written = [
        (
            ElementType.float32, [nil, 3] as [Int?], "ndarray:float32", 618,
            "541220068b1ac736024e2649508c487c45c58b14e2d1568929563b8791df7e7f"
        ),
        (
            .float32, [1, 3], "ndarray:float32:1,3", 594,
            "aef7e07e9690cc436289d3049d42747297fbc00e022a15792ae4eb53c9e7c940"
        ),
        (
            .float16, [nil, 3], "ndarray:float16", 600,
            "3983ba629872fb464aeb654a027f76035e76073277db2faa494195aa9dfea989"
        ),
    ]

    @Test("and their index have the bytes that the library's own writer gives them", arguments: written)
    func isTheLibrarys(
        type: ElementType, shape: [Int?], encoding: String, byteCount: Int, sha256: String
    ) throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let columns = [ShardColumn("features", .array(type, shape: shape))] + ShardFixture.labels
        let outline = ShardFixture.outline(columns: columns, rows: [.train: 2])
        let (receipts, files) = try fixture.write(MDSFormat(outline), outline) { number in
            ShardFixture.example(number, frames: shape[0], type: type)
        }
        #expect(
            receipts.map(\.files) == [
                [WrittenFile(name: "train/shard.00000.mds", byteCount: byteCount, sha256: sha256)]
            ])
        #expect(files.map(\.name) == ["train/index.json"])
        let size = shape[0] == nil ? "null" : "12"
        #expect(
            try fixture.text("train/index.json")
                == "{\"shards\": [{\"column_encodings\": [\"\(encoding)\", \"str\", \"int\", \"int\", \"int\", \"str\", "
                + #""str", "str", "int", "str"], "column_names": ["features", "key", "label", "length", "row", "#
                + #""session", "sex", "speaker", "start", "utterance"], "column_sizes": ["#
                + "\(size), null, 8, 8, 8, null, null, null, 8, null], \"compression\": null, \"format\": \"mds\", "
                + #""hashes": ["sha256"], "raw_data": {"basename": "shard.00000.mds", "bytes": "#
                + "\(byteCount), \"hashes\": {\"sha256\": \"\(sha256)\"}}, \"samples\": 2, \"size_limit\": null, "
                + #""version": 2, "zip_data": null}], "version": 2}"#)
    }

    @Test("each side has an index of its own, whose shards are in order")
    func sides() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(rows: [.train: 5, .test: 1])
        let (receipts, files) = try fixture.write(MDSFormat(outline), outline)
        #expect(receipts.map(\.rowCount) == [2, 2, 1, 1])
        #expect(files.map(\.name) == ["train/index.json", "test/index.json"])
        for (side, samples) in [("train", [2, 2, 1]), ("test", [1])] {
            let json = try JSONSerialization.jsonObject(with: Data(try fixture.bytes("\(side)/index.json")))
            let shards = try #require((json as? [String: Any])?["shards"] as? [[String: Any]])
            #expect(shards.compactMap { $0["samples"] as? Int } == samples)
            let names = shards.compactMap { ($0["raw_data"] as? [String: Any])?["basename"] as? String }
            #expect(names == samples.indices.map { "shard.0000\($0).mds" })
        }
    }

    @Test("sizes of an array take as few bytes as hold the greatest", arguments: [255, 256, 65_535, 65_536])
    func widths(count: Int) throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let columns = [ShardColumn("features", .array(.float32, shape: [nil]))]
        let outline = ShardFixture.outline(columns: columns, rows: [.train: 1])
        _ = try fixture.write(MDSFormat(outline), outline) { _ in
            var row = ShardRow()
            row.key = "k"
            let values = [Float](repeating: 1, count: count)
            unsafe values.withUnsafeBytes { unsafe row.append(shape: [count], $0) }
            return row
        }
        let bytes = try fixture.bytes("train/shard.00000.mds")
        let sample = bytes[Int(bytes.word(4))...]
        let head: [UInt8] =
            switch count {
            case ...255: [1 << 2, 255]
            case 256: [1 << 2 | 1, 0, 1]
            case 65_535: [1 << 2 | 1, 255, 255]
            default: [1 << 2 | 2, 0, 0, 1, 0]
            }
        #expect(sample.prefix(4) == ByteText.little(UInt32(head.count + 4 * count))[...])
        #expect(Array(sample.dropFirst(8).prefix(head.count)) == head)
    }

    @Test("audio is bytes, and the samples lie where the offsets say")
    func audio() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(
            .audio, columns: ListFormatTests.audio, rows: [.train: 2])
        _ = try fixture.write(MDSFormat(outline), outline, row: ListFormatTests.utterance)
        let bytes = try fixture.bytes("train/shard.00000.mds")
        #expect(bytes.word(0) == 2 && bytes.word(12) == UInt32(bytes.count))
        let second = Int(bytes.word(8))
        // Audio is the first column, and its size the first of the sample's.
        #expect(bytes.word(second) == 6)
        // Six columns vary: audio, key, session, sex, speaker and utterance have a size each.
        #expect(String(decoding: bytes[(second + 24)..<(second + 30)], as: UTF8.self) == "flac 1")
        let text = try fixture.text("train/index.json")
        #expect(text.contains(#""column_encodings": ["bytes", "str", "int""#))
    }
}

extension [UInt8] {
    /// The 32-bit number at `offset`, little-endian.
    func word(_ offset: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(self[offset + $1]) << UInt32(8 * $1) }
    }
}
