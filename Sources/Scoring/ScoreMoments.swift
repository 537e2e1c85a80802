/// Mean and spread of numbers.
package struct ScoreMoments: Codable, Hashable, Sendable {
    package let count: Int
    package let mean: Double
    /// The population's: divided by the count.
    package let deviation: Double
    package let minimum: Double
    package let maximum: Double

    /// nil where there are none. Two passes, with compensated sums, so that a million numbers lose nothing.
    package init?(_ values: [Double]) {
        guard var minimum = values.first, var maximum = values.first else { return nil }
        var sum = CompensatedSum()
        for value in values {
            sum.add(value)
            (minimum, maximum) = (min(minimum, value), max(maximum, value))
        }
        let mean = sum.value / Double(values.count)
        var squares = CompensatedSum()
        for value in values { squares.add((value - mean) * (value - mean)) }
        (count, self.mean) = (values.count, mean)
        deviation = (squares.value / Double(values.count)).squareRoot()
        (self.minimum, self.maximum) = (minimum, maximum)
    }

    init(count: Int, mean: Double, deviation: Double, minimum: Double, maximum: Double) {
        (self.count, self.mean, self.deviation) = (count, mean, deviation)
        (self.minimum, self.maximum) = (minimum, maximum)
    }

    /// The same of the values turned by `sense`.
    func turned(_ sense: ScoreSense) -> ScoreMoments {
        guard sense == .distance else { return self }
        return ScoreMoments(
            count: count, mean: -mean, deviation: deviation, minimum: -maximum, maximum: -minimum)
    }
}

/// A sum that carries what rounding takes away (A. Neumaier, 1974).
struct CompensatedSum {
    private var sum = 0.0
    private var lost = 0.0

    mutating func add(_ value: Double) {
        let next = sum + value
        lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
        sum = next
    }

    var value: Double { sum + lost }
}
