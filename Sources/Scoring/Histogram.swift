/// Counts of numbers in bins of one width from `lower` to `upper`. A bin holds its lower edge and not its upper one,
/// except for the last, which holds both (numpy.histogram's rule).
package struct Histogram: Codable, Hashable, Sendable {
    package let lower: Double
    package let upper: Double
    package private(set) var counts: [Int]
    /// Numbers outside.
    package private(set) var outsideCount = 0

    package init(lower: Double, upper: Double, binCount: Int) {
        precondition(lower < upper && binCount >= 1, "\(binCount) bins from \(lower) to \(upper)")
        (self.lower, self.upper) = (lower, upper)
        counts = [Int](repeating: 0, count: binCount)
    }

    package var binWidth: Double { (upper - lower) / Double(counts.count) }

    /// The lower edge of bin `index`; of the bin after the last it is `upper`.
    package func edge(_ index: Int) -> Double {
        index == counts.count ? upper : lower + Double(index) * binWidth
    }

    package mutating func add(_ value: Double) {
        guard value >= lower, value <= upper else {
            outsideCount += 1
            return
        }
        var bin = min(Int((value - lower) / (upper - lower) * Double(counts.count)), counts.count - 1)
        // The quotient may round over an edge.
        if bin > 0, value < edge(bin) { bin -= 1 }
        if bin < counts.count - 1, value >= edge(bin + 1) { bin += 1 }
        counts[bin] += 1
    }

    /// The probability density of bin `index`: its share of all numbers inside over its width.
    package func density(_ index: Int) -> Double {
        let total = counts.reduce(0, +)
        return total == 0 ? 0 : Double(counts[index]) / Double(total) / binWidth
    }
}
