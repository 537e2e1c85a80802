import Corpus
import Testing

@testable import Shards

@Suite("Kaldi's compressed matrices")
struct CompressedKaldiFormatTests {
    /// kaldiio 2.18.1, `save_ark(…, compression_method=3)`: these bytes exactly, behind "k \0B".
    @Test(
        "are what Kaldi's two-byte method makes of a matrix, a constant one too",
        arguments: [
            (
                [0.5, -1.25, 3.0, 2.0, 1e-3, -0.75], [2, 3],
                "434d32200000a0bf00008840020000000300000069690000ffffc3c35a4b1e1e"
            ),
            ([-3.5, -3.5, -3.5, -3.5], [2, 2], "434d3220000060c00000904002000000020000000000000000000000"),
            ([0, 0], [1, 2], "434d3220000000000000803f010000000200000000000000"),
        ] as [([Float], [Int], String)])
    func golden(values: [Float], shape: [Int], hex: String) throws {
        let bytes = ShardFixture.bytes(values)
        let packed = KaldiCompressedMatrix.bytes(bytes, bytes.indices, rows: shape[0], columns: shape[1])
        #expect(packed?.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == hex)
    }

    /// Kaldi's `CompressedMatrix::FloatToUint16`, one value at a time.
    @Test("are its formula's for every length, wherever the least and the greatest stand", arguments: 1..<70)
    func formula(count: Int) throws {
        let random = KeyedRandom(seed: UInt64(count), domain: "test")
        for turn in 0..<4 {
            var values = (0..<count).map { place in
                Float(random.below(2001, UInt64(place), UInt64(turn))) / 7 - (turn == 0 ? 0 : 140)
            }
            // Zeros of either sign are the least of the last turn, in any order.
            if turn == 3 { values = values.map { abs($0) < 100 ? $0 < 0 ? -0.0 : 0.0 : abs($0) } }
            let bytes = [7] + ShardFixture.bytes(values)
            let packed = KaldiCompressedMatrix.bytes(bytes, 1..<bytes.count, rows: 1, columns: count)
            let least = values.dropFirst().reduce(values[0]) { $1 < $0 ? $1 : $0 }
            var most = values.dropFirst().reduce(values[0]) { $1 > $0 ? $1 : $0 }
            if least == most { most = least + (1 + abs(least)) }
            let span = most - least
            var expected = Array("CM2 ".utf8) + ShardFixture.bytes([least, span])
            expected += ByteText.little(Int32(1)) + ByteText.little(Int32(count))
            for value in values {
                expected += ByteText.little(UInt16(Double((value - least) / span * 65535) + 0.499))
            }
            #expect(packed == expected)
        }
    }

    @Test("stand in the archive as kaldi's do, widened from half precision, and say so in their name")
    func archive() throws {
        let fixture = try ShardFixture("kaldi-compressed")
        defer { fixture.remove() }
        let outline = ShardFixture.outline(
            columns: [ShardColumn("features", .array(.float16, shape: [nil, 2]))] + ShardFixture.labels,
            rows: [.train: 1])
        // 0 and 1 in half precision.
        _ = try fixture.write(CompressedKaldiFormat(outline), outline) { _ in
            ShardFixture.row("19-0-0", [0, 0, 0, 0x3C], shape: [1, 2])
        }
        let body =
            Array("CM2 ".utf8) + ShardFixture.bytes([0, 1]) + [1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 255, 255]
        #expect(try fixture.bytes("train/feats.000000.ark") == Array("19-0-0 \0B".utf8) + body)
        #expect(try fixture.text("train/feats.scp") == "19-0-0 train/feats.000000.ark:7\n")
        #expect(try KaldiRules.broken(by: fixture.folder + "/train") == [])
    }

    @Test(
        "a number that is not finite is refused with the row it is in",
        arguments: [Float.nan, -.infinity, .infinity])
    func notFinite(value: Float) throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(rows: [.train: 1])
        let error = #expect(throws: ShardError.self) {
            try fixture.write(CompressedKaldiFormat(outline), outline) { _ in
                ShardFixture.row("19-0-0", ShardFixture.bytes([1, value, 2]), shape: [1, 3])
            }
        }
        #expect(error?.message.contains("row 19-0-0 has a number that is not finite") == true)
    }
}
