/// How two embeddings are compared.
package enum EmbeddingComparison: String, Codable, Sendable, CaseIterable {
    /// √Σ(a − b)².
    case euclidean
    /// 1 − cosine similarity: 0…2. An embedding of zeros is at distance 1 from everything.
    case cosine
    /// Σab: the one of the three that grows with likeness.
    case dotProduct = "dot-product"

    package var sense: ScoreSense { self == .dotProduct ? .similarity : .distance }

    package func score(_ a: [Double], _ b: [Double]) -> Double {
        precondition(a.count == b.count, "embeddings of widths \(a.count) and \(b.count)")
        switch self {
        case .euclidean: return zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        case .dotProduct: return EmbeddingComparison.dot(a, b)
        case .cosine:
            let norms = (EmbeddingComparison.dot(a, a) * EmbeddingComparison.dot(b, b)).squareRoot()
            return norms == 0 ? 1 : 1 - EmbeddingComparison.dot(a, b) / norms
        }
    }

    /// What stands for the several embeddings of a class, as voicemap has it: their mean for the Euclidean distance;
    /// the mean of their directions for the cosine; that times the mean of their lengths for the dot product. One
    /// embedding stands for itself.
    package func center(_ rows: [[Double]]) -> [Double] {
        guard rows.count > 1, let width = rows.first?.count else { return rows.first ?? [] }
        var sum = [Double](repeating: 0, count: width)
        var lengths = 0.0
        for row in rows {
            let length = EmbeddingComparison.dot(row, row).squareRoot()
            lengths += length
            let scale = self == .euclidean ? 1 : length == 0 ? 0 : 1 / length
            for k in 0..<width { sum[k] += row[k] * scale }
        }
        let share = 1 / Double(rows.count)
        let scale = self == .dotProduct ? share * share * lengths : share
        return sum.map { $0 * scale }
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
