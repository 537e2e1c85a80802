import ContentStore
import Corpus
import Foundation

@testable import Shards

/// Rows made up for the tests of the forms: two speakers, matrices [frames, 3], and what a form writes of them.
struct ShardFixture {
    let folder: String
    private let isKept: Bool

    /// - Parameter name: where TWINSET_KEPT_SHARDS names a folder, the fixture stays there under this name, for a look
    ///   at it with a form's own reader.
    init(_ name: String? = nil) throws {
        let kept = ProcessInfo.processInfo.environment["TWINSET_KEPT_SHARDS"]
        if let kept, let name {
            folder = kept + "/" + name
        } else {
            folder =
                FileManager.default.temporaryDirectory
                .appendingPathComponent("twinset-shards-\(ProcessInfo.processInfo.globallyUniqueString)").path
        }
        isKept = kept != nil && name != nil
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    func remove() {
        if !isKept { try? FileManager.default.removeItem(atPath: folder) }
    }

    static let labels = [
        ShardColumn("label", .integer), ShardColumn("speaker", .text), ShardColumn("session", .text),
        ShardColumn("utterance", .text), ShardColumn("sex", .text), ShardColumn("start", .integer),
        ShardColumn("length", .integer), ShardColumn("row", .integer),
    ]

    static func outline(
        _ content: ExportOutline.Content = .examples, columns: [ShardColumn]? = nil, rows: [Side: Int],
        sampleRate: Int = 16000, hop: Int? = 160,
        speakers: [Speaker] = [Speaker(id: "19", sex: .female), Speaker(id: "id7/x", sex: .male)],
        parameters: String = #"{"kind":"fbank"}"#
    ) -> ExportOutline {
        ExportOutline(
            name: "demo", summary: "A demo.", dataset: String(repeating: "ab", count: 32), content: content,
            columns: columns ?? [ShardColumn("features", .array(.float32, shape: [nil, 3]))] + labels,
            splits: Side.allCases.compactMap { side in
                rows[side].map { ExportOutline.Split(side: side, rowCount: $0) }
            },
            sampleRate: sampleRate, hop: hop, speakers: speakers, trainSpeakerCount: 1, parameters: parameters
        )
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

    /// A row of `speaker` with an array of single or half precision, and the labels of `labels`.
    static func row(
        _ key: String, of speaker: String = "19", _ values: [UInt8], shape: [Int], length: Int = 400
    ) -> ShardRow {
        var row = ShardRow()
        row.key = key
        unsafe values.withUnsafeBytes { unsafe row.append(shape: shape, $0) }
        row.values += [
            .integer(0), .text(speaker), .text("s"), .text("u"), .text("f"), .integer(0), .integer(length),
            .integer(0),
        ]
        return row
    }

    /// Single-precision numbers, little-endian.
    static func bytes(_ values: [Float]) -> [UInt8] { values.flatMap { ByteText.little($0.bitPattern) } }

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
                var writer = try format.writer(place, in: ShardFolder(folder))
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
