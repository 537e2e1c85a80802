internal import Scoring

/// Embeddings of some rows of a dataset, found by the row.
struct RowVectors: Sendable {
    let table: EmbeddingTable
    private let places: [UInt32: Int]

    /// Embeds every row once, in ascending order; an error for a network that gives no finite numbers.
    init(
        of rows: some Sequence<UInt32>, _ network: any Network, _ examples: MappedExamples,
        afterBatch: (Int, Int) -> Void = { _, _ in }
    ) throws(TrainingError) {
        let rows = Set(rows).sorted()
        table = try EmbeddingTable(of: rows, network, examples) { afterBatch($0, rows.count) }
        var places: [UInt32: Int] = [:]
        places.reserveCapacity(rows.count)
        for (place, row) in rows.enumerated() { places[row] = place }
        self.places = places
        // Its check names the first embedding that is no finite number.
        try TrainingError.scoring { () throws(ScoringError) in
            _ = try EmbeddingRows(table.values, width: table.size)
        }
    }

    /// The place of a row in the table; all rows that are asked for have been embedded.
    func place(of row: UInt32) -> Int {
        guard let place = places[row] else { preconditionFailure("row \(row) was not embedded") }
        return place
    }

    /// The embedding of a row.
    func vector(_ row: UInt32) -> [Double] { table[place(of: row)].map { Double($0) } }
}

extension TrainingError {
    /// The result of `body`, whose error becomes one of training.
    static func scoring<Result>(
        _ body: () throws(ScoringError) -> Result
    ) throws(TrainingError) -> Result {
        do { return try body() } catch { throw .unusable(error.message) }
    }
}
