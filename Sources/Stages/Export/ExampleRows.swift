import ContentStore
import Corpus
import Shards

/// The examples of a dataset as rows of an export: their array and what they are.
///
///     features, label, speaker, session, utterance, sex, start, length, row
struct ExampleRows: RowSource {
    static let labels: [ShardColumn] = [
        ShardColumn("label", .integer), ShardColumn("speaker", .text), ShardColumn("session", .text),
        ShardColumn("utterance", .text), ShardColumn("sex", .text), ShardColumn("start", .integer),
        ShardColumn("length", .integer), ShardColumn("row", .integer),
    ]

    let table: ExampleTable
    let split: SplitTable
    let speakers: SpeakerLabels
    /// The rows of each side, in the dataset's order.
    private let rows: [Side: [UInt32]]

    init(_ built: BuiltDataset) throws {
        let table = try ExampleTable(built)
        self.table = table
        split = built.split
        speakers = SpeakerLabels(built.split, hasCorpora: built.hasCorpora)
        var rows: [Side: [UInt32]] = [:]
        for row in 0..<table.count {
            guard let side = Side(code: split.sides[Int(table.splitRows[row])]) else { continue }
            rows[side, default: []].append(UInt32(row))
        }
        self.rows = rows
    }

    var columns: [ShardColumn] {
        [ShardColumn("features", .array(table.type, shape: table.shape))] + ExampleRows.labels
    }

    var textWidths: [String: Int] {
        func widest(_ texts: some Sequence<String>) -> Int { texts.reduce(1) { max($0, $1.utf8.count) } }
        // A start has 9 digits or 10, a copy's number as many as there are rows at most.
        let suffix = table.parts.contains(where: \.isCopy) ? 16 + String(table.count).utf8.count : 11
        return [
            "key": widest(table.keys) + suffix, "utterance": widest(table.utteranceNames),
            "session": widest(table.sessionNames), "speaker": widest(speakers.speakers.map(\.id)), "sex": 1,
        ]
    }

    func count(_ side: Side) -> Int { rows[side]?.count ?? 0 }

    func row(_ side: Side, _ number: Int) -> Int { Int(rows[side]?[number] ?? 0) }

    /// For each row of the dataset, its place among those of its side; nil where it is on another.
    func places(_ side: Side) -> [UInt32?] {
        var places = [UInt32?](repeating: nil, count: table.count)
        for (place, row) in (rows[side] ?? []).enumerated() { places[Int(row)] = UInt32(place) }
        return places
    }

    func meanByteCount(_ sides: [Side]) -> Int {
        var (bytes, count) = (0, 0)
        for side in sides {
            for row in rows[side] ?? [] {
                bytes += table.place(of: Int(row), in: table.parts[table.part(of: Int(row))]).byteCount
                count += 1
            }
        }
        return count == 0 ? 0 : (bytes + count - 1) / count
    }

    func reader() throws -> any RowReader { Reader(rows: self, values: ExampleValues(table)) }

    private struct Reader: RowReader {
        let rows: ExampleRows
        var values: ExampleValues

        mutating func fill(_ row: inout ShardRow, _ side: Side, _ number: Int) throws {
            let place = rows.row(side, number)
            row.key = rows.table.key(place)
            try values.append(place, to: &row)
            rows.appendLabels(place, to: &row)
        }

        mutating func fillArrays(_ row: inout ShardRow, _ side: Side, _ number: Int) throws {
            try values.append(rows.row(side, number), to: &row)
        }

        mutating func announce(_ row: inout ShardRow, _ side: Side, _ number: Int) throws -> Bool {
            let place = rows.row(side, number)
            row.key = rows.table.key(place)
            values.announce(place, to: &row)
            rows.appendLabels(place, to: &row)
            return true
        }
    }

    /// Appends what is known of a row of the dataset, in the order of `labels`.
    func appendLabels(_ row: Int, to target: inout ShardRow) {
        let speaker = Int(split.speakers[Int(table.splitRows[row])])
        let label = speakers.labels[speaker]
        let utterance = Int(table.utterances[row])
        target.values.append(.integer(label))
        target.values.append(.text(speakers.speakers[label].id))
        target.values.append(.text(table.sessionNames[utterance]))
        target.values.append(.text(table.utteranceNames[utterance]))
        target.values.append(.text(speakers.speakers[label].sex.rawValue))
        target.values.append(.integer(Int(table.starts[row])))
        target.values.append(.integer(Int(table.lengths[row])))
        target.values.append(.integer(row))
    }
}
