import ContentStore
import Corpus
import Shards

/// Pairs or triplets with their examples' arrays in place: what takes a reference where it is trained on, copied.
///
///     a, b, label (1 same or as the recipe says), a_row, a_key, a_speaker, … b_…
///     anchor, positive, negative, anchor_row, …
struct PairedRows: RowSource {
    private let examples: ExampleRows
    private let shards: [Side: [TensorFileReader]]
    private let counts: [Side: Int]
    /// `a` and `b`, or `anchor`, `positive`, `negative`.
    let parts: [String]

    init(_ built: BuiltDataset, examples: ExampleRows, content: ExportOutline.Content) throws {
        guard let pairs = built.recipe.pairs else {
            throw StageError.usage(
                "recipe '\(built.recipe.name)' makes no \(content.rawValue); give it a section such as "
                    + "pairs: {kind: \(content.rawValue), count: 100000}")
        }
        let isTriplets = pairs.rules.kind == .triplets
        guard isTriplets == (content == .triplets) else {
            throw StageError.usage(
                "recipe '\(built.recipe.name)' makes \(isTriplets ? "triplets" : "pairs"), not \(content.rawValue)"
            )
        }
        self.examples = examples
        let parts = isTriplets ? ["anchor", "positive", "negative"] : ["a", "b"]
        self.parts = parts
        var (shards, counts): ([Side: [TensorFileReader]], [Side: Int]) = ([:], [:])
        for side in pairs.sides {
            let files = try built.shards("pairs", side)
            shards[side] = files
            counts[side] = files.reduce(0) { $0 + ($1.entries[parts[0]]?.shape.first ?? 0) }
        }
        self.shards = shards
        self.counts = counts
    }

    var columns: [ShardColumn] {
        let table = examples.table
        return parts.map { ShardColumn($0, .array(table.type, shape: table.shape)) }
            + (parts.count == 2 ? [ShardColumn("label", .integer)] : [])
            + parts.flatMap { part in
                [ShardColumn(part + "_key", .text)]
                    + ExampleRows.labels.map { ShardColumn("\(part)_\($0.name)", $0.kind) }
            }
    }

    func count(_ side: Side) -> Int { counts[side] ?? 0 }

    func meanByteCount(_ sides: [Side]) -> Int { parts.count * examples.meanByteCount(sides) }

    /// The rows of the dataset that pair `number` of a side refers to, and its label.
    func references(_ side: Side, _ number: Int) throws -> (rows: [Int], label: Int) {
        var local = number
        for file in shards[side] ?? [] {
            let size = file.entries[parts[0]]?.shape.first ?? 0
            guard local >= size else {
                let rows = try parts.map { Int(try file.unsigned($0, rows: local..<local + 1)[0]) }
                return (rows, parts.count == 2 ? Int(try file.byte("label", at: local)) : 0)
            }
            local -= size
        }
        preconditionFailure("pair \(number) of \(count(side)) of side \(side)")
    }

    func reader() throws -> any RowReader { Reader(pairs: self, values: ExampleValues(examples.table)) }

    private struct Reader: RowReader {
        let pairs: PairedRows
        var values: ExampleValues

        mutating func fill(_ row: inout ShardRow, _ side: Side, _ number: Int) throws {
            let (rows, label) = try begin(&row, side, number)
            for example in rows { try values.append(example, to: &row) }
            appendLabels(of: rows, label, to: &row)
        }

        mutating func fillArrays(_ row: inout ShardRow, _ side: Side, _ number: Int) throws {
            for example in try pairs.references(side, number).rows { try values.append(example, to: &row) }
        }

        mutating func announce(_ row: inout ShardRow, _ side: Side, _ number: Int) throws -> Bool {
            let (rows, label) = try begin(&row, side, number)
            for example in rows { values.announce(example, to: &row) }
            appendLabels(of: rows, label, to: &row)
            return true
        }

        /// Gives the row its key, and says which rows of the dataset it has.
        private func begin(
            _ row: inout ShardRow, _ side: Side, _ number: Int
        ) throws -> (rows: [Int], label: Int) {
            let digits = String(number)
            row.key = "\(side.rawValue)-" + String(repeating: "0", count: max(0, 10 - digits.count)) + digits
            return try pairs.references(side, number)
        }

        private func appendLabels(of rows: [Int], _ label: Int, to row: inout ShardRow) {
            if rows.count == 2 { row.values.append(.integer(label)) }
            for example in rows {
                row.values.append(.text(pairs.examples.table.key(example)))
                pairs.examples.appendLabels(example, to: &row)
            }
        }
    }
}
