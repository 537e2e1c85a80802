import Corpus
import Shards

/// What an export takes its rows from.
protocol RowSource: Sendable {
    var columns: [ShardColumn] { get }
    /// The most UTF-8 bytes of a text of each column, and of a key, where that is known.
    var textWidths: [String: Int] { get }
    /// How many rows a side has.
    func count(_ side: Side) -> Int
    /// Bytes of a row's arrays and audio, on average over the sides that are exported; about, for audio.
    func meanByteCount(_ sides: [Side]) -> Int
    /// What fetches rows, for one worker.
    func reader() throws -> any RowReader
}

protocol RowReader {
    /// Fills `row`, which is empty, with row number `number` of a side: its key, its values, its bytes.
    mutating func fill(_ row: inout ShardRow, _ side: Side, _ number: Int) throws

    /// Fills `row` with all but its bytes, without reading them. False where that is not possible: how long they are
    /// shows only when they are there.
    mutating func announce(_ row: inout ShardRow, _ side: Side, _ number: Int) throws -> Bool

    /// Fills `row` with its arrays alone, where it was announced.
    mutating func fillArrays(_ row: inout ShardRow, _ side: Side, _ number: Int) throws
}

extension RowReader {
    mutating func announce(_ row: inout ShardRow, _ side: Side, _ number: Int) throws -> Bool { false }

    mutating func fillArrays(_ row: inout ShardRow, _ side: Side, _ number: Int) throws {
        try fill(&row, side, number)
    }
}

extension RowSource {
    var textWidths: [String: Int] { [:] }
}
