/// Where a figure lies with the given confidence.
package struct ConfidenceInterval: Codable, Hashable, Sendable {
    package let lower: Double
    package let upper: Double
    /// Between 0 and 1, as 0.95.
    package let confidence: Double

    package init(lower: Double, upper: Double, confidence: Double) {
        (self.lower, self.upper, self.confidence) = (lower, upper, confidence)
    }

    /// The middle part of replicates, by linear interpolation between order statistics (numpy.quantile's default).
    init(percentilesOf values: [Double], confidence: Double) {
        precondition(!values.isEmpty && confidence > 0 && confidence < 1, "an interval of nothing")
        let sorted = values.sorted()
        let quantile: (Double) -> Double = { share in
            let place = share * Double(sorted.count - 1)
            let index = min(Int(place), sorted.count - 1)
            let next = min(index + 1, sorted.count - 1)
            return sorted[index] + (sorted[next] - sorted[index]) * (place - Double(index))
        }
        self.init(
            lower: quantile((1 - confidence) / 2), upper: quantile((1 + confidence) / 2),
            confidence: confidence)
    }

    /// The interval of a share by E. B. Wilson's formula (1927), without continuity correction.
    package init(wilson right: Int, of count: Int, confidence: Double = 0.95) {
        precondition(count >= 1 && confidence > 0 && confidence < 1, "an interval for \(right) of \(count)")
        let z = NormalDeviate.quantile((1 + confidence) / 2)
        let (n, share) = (Double(count), Double(right) / Double(count))
        let center = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        self.init(
            lower: right == 0 ? 0 : center - half, upper: right == count ? 1 : center + half,
            confidence: confidence)
    }
}
