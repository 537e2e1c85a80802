import Synchronization

/// A table of embeddings and the dataset's row of each of its rows.
struct EmbeddingRows: Sendable {
    let table: EmbeddingTable
    /// The table's row of a row number; nil where they are the same.
    let tableRows: [UInt32: UInt32]?

    /// - Parameter numbers: the row number of each row of the table; nil where they are the same.
    init(table: EmbeddingTable, numbers: [UInt32]?) {
        self.table = table
        tableRows = numbers.map { numbers in
            Dictionary(uniqueKeysWithValues: numbers.enumerated().map { ($1, UInt32($0)) })
        }
    }

    func has(_ number: UInt32) -> Bool { tableRows.map { $0[number] != nil } ?? true }
}

/// The embeddings of a build, looked through once and shared by its workers.
final class SharedEmbeddings: Sendable {
    private let known = Mutex<EmbeddingRows?>(nil)

    func rows(_ open: () throws(StageError) -> EmbeddingRows) throws(StageError) -> EmbeddingRows {
        try known.withLock { (known: inout EmbeddingRows?) throws(StageError) -> EmbeddingRows in
            if let known { return known }
            let opened = try open()
            known = opened
            return opened
        }
    }
}
