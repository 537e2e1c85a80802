/// What mining gave for some anchors: columns of row numbers.
package struct MinedRows: Equatable, Sendable {
    /// Anchors, or the first rows of pairs.
    package var first: [UInt32] = []
    /// Positives, or the second rows of pairs.
    package var second: [UInt32] = []
    /// Negatives; empty for pairs.
    package var third: [UInt32] = []
    /// Labels of pairs; empty for triplets.
    package var labels: [UInt8] = []
    /// Triplets without a negative within the margin, whose negative is the nearest beyond it.
    package var beyondMarginCount = 0
    /// Pairs or triplets that were asked for and of which there are none left.
    package var missingCount = 0

    package var count: Int { first.count }
}
