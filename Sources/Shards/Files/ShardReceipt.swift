import Corpus

/// Which shard of an export.
package struct ShardPlace: Sendable, Hashable {
    package let side: Side
    /// Counted from 0 within the side.
    package let number: Int
    /// How many shards the side has.
    package let count: Int
    /// The place of its first row among the side's.
    package let firstRow: Int
    package let rowCount: Int

    package init(side: Side, number: Int, count: Int, firstRow: Int, rowCount: Int) {
        self.side = side
        self.number = number
        self.count = count
        self.firstRow = firstRow
        self.rowCount = rowCount
    }

    /// The folder of the side.
    package var folder: String { side.rawValue }

    /// `train-000012`, with `digits` digits at least.
    package func numbered(_ prefix: String, digits: Int = 6) -> String {
        let text = String(number)
        return prefix + String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

/// What was written of one shard. It is kept beside the shard while the export is not finished, so that an export
/// that was killed goes on with the next one.
package struct ShardReceipt: Codable, Sendable, Hashable {
    package let side: Side
    package let number: Int
    package let rowCount: Int
    package let files: [WrittenFile]
    /// What the format has to know of the shard when all are written, such as the lines of its lists.
    package let notes: [String: [String]]

    package init(
        _ place: ShardPlace, rowCount: Int, files: [WrittenFile], notes: [String: [String]] = [:]
    ) {
        side = place.side
        number = place.number
        self.rowCount = rowCount
        self.files = files
        self.notes = notes
    }
}
