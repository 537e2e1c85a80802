import ContentStore
import Corpus
import Testing

@testable import Shards

@Suite("Parquet files")
struct ParquetFormatTests {
    static let path = "features.list.element.list.element"

    @Test("hold every value, and levels that say where lists begin")
    func values() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(rows: [.train: 3])
        let (receipts, files) = try fixture.write(ParquetFormat(outline), outline)
        #expect(files.isEmpty)
        #expect(
            receipts.flatMap(\.files).map(\.name) == [
                "train/train-00000-of-00002.parquet", "train/train-00001-of-00002.parquet",
            ])
        let file = ParquetContents(try fixture.bytes("train/train-00000-of-00002.parquet"))
        #expect(file.metadata[3]?.number == 2 && file.groups.count == 1)
        let group = file.groups[0]
        // Rows 0 and 1 have one frame and two.
        #expect(group[Self.path]?.repetitions == [0, 2, 2, 0, 2, 2, 1, 2, 2])
        #expect(group[Self.path]?.definitions == Array(repeating: 5, count: 9))
        let numbers: [Float] = [0, 1, 2, 100, 101, 102, 103, 104, 105]
        #expect(group[Self.path]?.values == numbers.flatMap { ByteText.little($0.bitPattern) })
        #expect(group["row"]?.values == [0, 1].flatMap { ByteText.little(Int64($0)) })
        #expect(group["length"]?.values == [160, 320].flatMap { ByteText.little(Int64($0)) })
        #expect(ParquetContents.texts(group["speaker"]) == ["19", "id7/x"])
        #expect(ParquetContents.texts(group["utterance"]) == ["utterance \"0\"", "utterance \"1\""])
        #expect(ParquetContents.texts(group["key"]) == ["19-0-000000000", "id7_x-1-000000000"])
        #expect(group["key"]?.definitions == [1, 1] && group.count == 10)
    }

    @Test(
        "levels of repetition are right at every depth",
        arguments: [
            ([4], [0, 1, 1, 1]), ([1], [0]), ([2, 1], [0, 1]), ([1, 3], [0, 2, 2]),
            ([2, 1, 2], [0, 3, 1, 3]), ([2, 2, 2], [0, 3, 2, 3, 1, 3, 2, 3]),
        ])
    func depths(shape: [Int], levels: [Int]) throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let columns = [ShardColumn("x", .array(.float32, shape: shape.map { $0 }))]
        let outline = ShardFixture.outline(columns: columns, rows: [.test: 2])
        _ = try fixture.write(ParquetFormat(outline), outline) { _ in
            var row = ShardRow()
            row.key = "k"
            let values = [Float](repeating: 0.5, count: levels.count)
            unsafe values.withUnsafeBytes { unsafe row.append(shape: shape, $0) }
            return row
        }
        let file = ParquetContents(try fixture.bytes("test/test-00000-of-00001.parquet"))
        let path = "x" + String(repeating: ".list.element", count: shape.count)
        #expect(file.groups[0][path]?.repetitions == levels + levels)
        #expect(file.groups[0][path]?.definitions.allSatisfy { $0 == 2 * shape.count + 1 } == true)
    }

    @Test("half precision becomes single")
    func half() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let columns = [ShardColumn("features", .array(.float16, shape: [nil, 3]))]
        let outline = ShardFixture.outline(columns: columns, rows: [.train: 1])
        _ = try fixture.write(ParquetFormat(outline), outline) { _ in
            var row = ShardRow()
            row.key = "k"
            let values = ([-1, 0.5, 65504] as [Float]).map(HalfPrecision.bits)
            unsafe values.withUnsafeBytes { unsafe row.append(shape: [1, 3], $0) }
            return row
        }
        let file = ParquetContents(try fixture.bytes("train/train-00000-of-00001.parquet"))
        let singles: [Float] = [-1, 0.5, 65504]
        #expect(file.groups[0][Self.path]?.values == singles.flatMap { ByteText.little($0.bitPattern) })
    }

    @Test("audio is a struct of bytes and a name, and a row group ends at 16 MiB")
    func audio() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(.audio, columns: ListFormatTests.audio, rows: [.train: 3])
        let bytes = [UInt8](repeating: 7, count: 9 << 20)
        _ = try fixture.write(ParquetFormat(outline), outline, rowsPerShard: 3) { number in
            var row = ShardRow()
            row.key = "19-\(number)"
            row.append(audio: bytes, sampleCount: 5)
            row.values += ListFormatTests.utterance(number).values.dropFirst()
            return row
        }
        let file = ParquetContents(try fixture.bytes("train/train-00000-of-00001.parquet"))
        #expect(file.metadata[4]?.list.map { $0[3]?.number } == [2, 1])
        #expect(file.groups[0]["audio.bytes"]?.definitions == [2, 2])
        #expect(file.groups[1]["audio.bytes"]?.values == ByteText.little(UInt32(bytes.count)) + bytes)
        #expect(ParquetContents.texts(file.groups[1]["audio.path"]) == ["19-2.flac"])
    }

    @Test("an array without values is refused by its row's name")
    func empty() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(rows: [.train: 1])
        let error = #expect(throws: ShardError.self) {
            try fixture.write(ParquetFormat(outline), outline) {
                ShardFixture.example($0, frames: 0, type: .float32)
            }
        }
        #expect(error?.message.contains("19-0-000000000 is empty") == true)
    }

    @Test("the same rows give the same bytes")
    func reproducible() throws {
        let (first, second) = (try ShardFixture(), try ShardFixture())
        defer {
            first.remove()
            second.remove()
        }
        let outline = ShardFixture.outline(rows: [.train: 5, .validation: 2])
        let one = try first.write(ParquetFormat(outline), outline)
        #expect(one.receipts == (try second.write(ParquetFormat(outline), outline)).receipts)
    }
}
