/// The directions in which embeddings vary most, for pictures of them in the plane.
///
/// Everything in Double: the mean, the covariance (divided by rows − 1), then its leading eigenvectors by block power
/// iteration on a few more vectors than asked for, with a Rayleigh–Ritz step (Jacobi's method) in each round, from a
/// fixed start. A component's sign is chosen so that its coordinate of largest magnitude (the first of several) is
/// positive, as scikit-learn's PCA has it. The same rows give the same numbers on every run.
package struct PrincipalComponents: Sendable {
    package let mean: [Double]
    /// Orthonormal, the one of largest variance first. Fewer than asked for where the embeddings are narrower.
    package let components: [[Double]]
    /// The variance along each component.
    package let variances: [Double]
    /// The variance in all directions together.
    package let totalVariance: Double

    package init(_ rows: EmbeddingRows, count: Int = 2) throws(ScoringError) {
        precondition(count >= 1, "\(count) principal components")
        guard rows.count >= 2 else {
            throw ScoringError("there are \(rows.count) embeddings; principal components need at least 2")
        }
        let mean = PrincipalComponents.mean(rows)
        let covariance = SymmetricMatrix(covarianceOf: rows, mean: mean)
        let (values, vectors) = covariance.leadingEigenvectors(min(count, rows.width))
        (self.mean, variances) = (mean, values)
        components = vectors.map(PrincipalComponents.signed)
        totalVariance = (0..<rows.width).reduce(0) { $0 + covariance[$1, $1] }
    }

    /// The share of the variance that the components hold: 0…1, 0 where nothing varies.
    package var explainedShare: Double {
        totalVariance > 0 ? min(variances.reduce(0, +) / totalVariance, 1) : 0
    }

    /// Each row's coordinates along the components: as many numbers per row as there are components.
    package func project(_ rows: EmbeddingRows) -> [[Double]] {
        precondition(
            rows.width == mean.count, "embeddings of width \(rows.width), components of \(mean.count)")
        return (0..<rows.count).map { index in
            let row = rows.row(index)
            return components.map { component in
                component.indices.reduce(0.0) { $0 + (row[$1] - mean[$1]) * component[$1] }
            }
        }
    }

    private static func mean(_ rows: EmbeddingRows) -> [Double] {
        var sum = [Double](repeating: 0, count: rows.width)
        for index in 0..<rows.count {
            for k in 0..<rows.width { sum[k] += Double(rows.values[index * rows.width + k]) }
        }
        return sum.map { $0 / Double(rows.count) }
    }

    private static func signed(_ vector: [Double]) -> [Double] {
        var largest = 0.0
        for value in vector where abs(value) > abs(largest) { largest = value }
        return largest < 0 ? vector.map { -$0 } : vector
    }
}
