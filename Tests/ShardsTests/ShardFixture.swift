import ContentStore
import Corpus
import Foundation

@testable import Shards

/// Rows made up for the tests of the forms: two speakers, matrices [frames, 3], and what a form writes of them.
struct ShardFixture {
    let folder: String

    init() throws {
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("twinset-shards-\(ProcessInfo.processInfo.globallyUniqueString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    static let labels = [
        ShardColumn("label", .integer), ShardColumn("speaker", .text), ShardColumn("session", .text),
        ShardColumn("utterance", .text), ShardColumn("sex", .text), ShardColumn("start", .integer),
        ShardColumn("length", .integer), ShardColumn("row", .integer),
    ]

    static func outline(
        _ content: ExportOutline.Content = .examples, columns: [ShardColumn]? = nil, rows: [Side: Int]
    ) -> ExportOutline {
        ExportOutline(
            name: "demo", summary: "A demo.", dataset: String(repeating: "ab", count: 32), content: content,
            columns: columns ?? [ShardColumn("features", .array(.float32, shape: [nil, 3]))] + labels,
            splits: Side.allCases.compactMap { side in
                rows[side].map { ExportOutline.Split(side: side, rowCount: $0) }
            },
            sampleRate: 16000, hop: 160,
            speakers: [Speaker(id: "19", sex: .female), Speaker(id: "id7/x", sex: .male)],
            trainSpeakerCount: 1,
            parameters: #"{"kind":"fbank"}"#)
    }

    /// Row number `number` of a side: `number % 3 + 1` frames of 3, or as many as asked, value 100·number + place.
    static func example(_ number: Int) -> ShardRow { example(number, type: .float32) }

    static func example(_ number: Int, frames asked: Int? = nil, type: ElementType) -> ShardRow {
        var row = ShardRow()
        let frames = asked ?? number % 3 + 1
        let values = (0..<(frames * 3)).map { Float(100 * number + $0) }
        row.key = "\(number % 2 == 0 ? "19" : "id7_x")-\(number)-000000000"
        if type == .float16 {
            let halves = values.map(HalfPrecision.bits)
            unsafe halves.withUnsafeBytes { unsafe row.append(shape: [frames, 3], $0) }
        } else {
            unsafe values.withUnsafeBytes { unsafe row.append(shape: [frames, 3], $0) }
        }
        row.values += [
            .integer(number % 2), .text(number % 2 == 0 ? "19" : "id7/x"), .text("s\(number % 2)"),
            .text("utterance \"\(number)\""), .text(number % 2 == 0 ? "f" : "m"), .integer(0),
            .integer((number % 3 + 1) * 160), .integer(number),
        ]
        return row
    }

    /// Writes `rows` of each side in shards of `rowsPerShard` and then what stands beside them.
    func write(
        _ format: any ShardFormat, _ outline: ExportOutline, rowsPerShard: Int = 2,
        row: (Int) -> ShardRow = ShardFixture.example
    ) throws -> (receipts: [ShardReceipt], files: [WrittenFile]) {
        var receipts: [ShardReceipt] = []
        for split in outline.splits {
            let size = format.isSharded ? rowsPerShard : max(split.rowCount, 1)
            let count = (split.rowCount + size - 1) / size
            for number in 0..<count {
                let rows = number * size..<min(split.rowCount, (number + 1) * size)
                let place = ShardPlace(
                    side: split.side, number: number, count: count, firstRow: rows.lowerBound,
                    rowCount: rows.count)
                var writer = try format.writer(place, in: folder)
                for index in rows { try writer.append(row(index)) }
                receipts.append(try writer.finish())
            }
        }
        return (receipts, try format.finish(receipts, in: folder))
    }

    func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
    }
    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
}
