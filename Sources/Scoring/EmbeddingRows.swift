/// Embeddings, one row each, all of one width.
package struct EmbeddingRows: Sendable {
    package let width: Int
    /// Row by row.
    package let values: [Float]

    /// An error for a count that makes no whole rows, or a value that is no finite number.
    package init(_ values: [Float], width: Int) throws(ScoringError) {
        guard width >= 1, values.count.isMultiple(of: width) else {
            throw ScoringError("\(values.count) numbers are no whole number of embeddings of width \(width)")
        }
        for (index, value) in values.enumerated() where !value.isFinite {
            throw ScoringError(
                "embedding \(index / width + 1) of \(values.count / width) holds a value that is "
                    + (value.isNaN ? "not a number" : "infinite")
                    + "; the network diverged or its input did, so train again from an earlier checkpoint")
        }
        (self.width, self.values) = (width, values)
    }

    package var count: Int { values.count / width }

    /// The row as Doubles.
    func row(_ index: Int) -> [Double] {
        values[index * width..<(index + 1) * width].map { Double($0) }
    }

    /// The distance or likeness of two rows, in Double.
    package func score(_ comparison: EmbeddingComparison, _ a: Int, _ b: Int) -> Double {
        comparison.score(row(a), row(b))
    }
}
