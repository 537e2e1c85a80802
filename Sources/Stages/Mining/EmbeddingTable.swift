/// Embeddings of examples, one row each, scaled for the distance and read when they are needed: only 12 bytes per row
/// stay in memory.
///
/// The *score* of two rows orders others by their distance from the first: a greater score is nearer.
///
/// - Cosine: rows are scaled to length 1; the score is their dot product, the distance 1 − score.
/// - Euclidean: the score is a·b − |b|²/2, the distance √(|a|² − 2 · score).
///
/// Scores are single precision: with cosine they are exact to about 1e-6.
package struct EmbeddingTable: Sendable {
    package typealias Reader = @Sendable (Range<Int>) throws(StageError) -> [Float]

    package let rowCount: Int
    package let width: Int
    let distance: MiningRules.Distance
    private let read: Reader
    /// What each row is multiplied by; empty for Euclidean distances.
    private var scales: [Double] = []
    /// −|b|²/2 of each row; empty for cosine.
    private var offsets: [Float] = []
    private static let chunk = 1024

    /// Looks at every row once. Throws when a row has a value that is no finite number, or nothing but zeros.
    ///
    /// - Parameters:
    ///   - name: the row's name in errors, for a row of the table.
    ///   - read: gives rows, value after value.
    package init(
        rowCount: Int, width: Int, distance: MiningRules.Distance, name: (Int) -> String = { "row \($0)" },
        read: @escaping Reader
    ) throws(StageError) {
        (self.rowCount, self.width, self.distance, self.read) = (rowCount, width, distance, read)
        for first in stride(from: 0, to: rowCount, by: EmbeddingTable.chunk) {
            let rows = first..<min(first + EmbeddingTable.chunk, rowCount)
            let values = try read(rows)
            for row in rows {
                let start = (row - first) * width
                try add(row, values.span.extracting(start..<(start + width)), name)
            }
        }
    }

    private mutating func add(
        _ row: Int, _ values: Span<Float>, _ name: (Int) -> String
    ) throws(StageError) {
        var square = 0.0
        for index in values.indices { square += Double(values[index]) * Double(values[index]) }
        guard square.isFinite, distance == .cosine || square <= Double(Float.greatestFiniteMagnitude) else {
            throw .failed(
                "\(name(row)) of the embeddings has a value that is no finite number or far too large; mend the "
                    + "program that wrote them")
        }
        guard square > 0 else {
            throw .failed(
                "\(name(row)) of the embeddings is all zeros, which is no embedding; write one for every row")
        }
        switch distance {
        case .cosine: scales.append(1 / square.squareRoot())
        case .euclidean: offsets.append(Float(-square / 2))
        }
    }

    /// Writes the scaled rows `rows`, one after another, to the start of `values`.
    func load(_ rows: some RandomAccessCollection<UInt32>, into values: inout [Float]) throws(StageError) {
        var place = 0
        var index = rows.startIndex
        while index < rows.endIndex {
            let first = Int(rows[index])
            var count = 0
            // Rows that follow one another are read at once.
            while index < rows.endIndex, Int(rows[index]) == first + count {
                count += 1
                rows.formIndex(after: &index)
            }
            let found = try read(first..<(first + count))
            scale(found.span, first: first, into: &values, at: place)
            place += found.count
        }
    }

    private func scale(_ found: Span<Float>, first: Int, into values: inout [Float], at place: Int) {
        var target = values.mutableSpan
        for row in 0..<(found.count / width) {
            let start = row * width
            let scale = distance == .cosine ? scales[first + row] : 1
            for index in start..<(start + width) {
                target[place + index] = Float(Double(found[index]) * scale)
            }
        }
    }

    /// What is added to dot products with the rows `rows` to make scores; nil for nothing.
    func offsets(_ rows: some RandomAccessCollection<UInt32>) -> [Float]? {
        distance == .cosine ? nil : rows.map { offsets[Int($0)] }
    }

    /// The distance of the table's row `row` from one that has this score.
    func distance(_ row: UInt32, score: Float) -> Double {
        switch distance {
        case .cosine: 1 - Double(score)
        case .euclidean: max(0, -2 * (Double(offsets[Int(row)]) + Double(score))).squareRoot()
        }
    }
}
