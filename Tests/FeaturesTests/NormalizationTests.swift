import Features
import Testing

@Suite("normalization") struct NormalizationTests {
    static let columns = 23
    static let matrix = (0..<columns * 50).map { GoldenSignal.samples[$0] * 30 + Float($0 % columns) }

    static func apply(_ values: [Float], _ kernel: (inout MutableSpan<Float>) -> Void) -> [Double] {
        var copy = values
        var span = copy.mutableSpan
        kernel(&span)
        return copy.map(Double.init)
    }

    static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
        let mean = values.reduce(0, +) / Double(values.count)
        return (
            mean, (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
        )
    }

    /// What a normalization by each group's own moments gives.
    static func expected(_ groupOf: (Int) -> Int) -> [Double] {
        let groups = Dictionary(grouping: matrix.indices, by: groupOf).mapValues { indices in
            moments(indices.map { Double(matrix[$0]) })
        }
        return matrix.indices.map { index in
            let group = groups[groupOf(index)] ?? (0, 1)
            return (Double(matrix[index]) - group.mean) / group.deviation
        }
    }

    static func expectClose(_ actual: [Double], _ expected: [Double]) {
        #expect(Difference(actual.map { Float($0) }, expected).largest < 1e-5)
    }

    @Test("of each frame runs over its coefficients") func perFrame() {
        let actual = Self.apply(Self.matrix) { normalizeEachFrame(&$0, columnCount: Self.columns) }
        Self.expectClose(actual, Self.expected { $0 / Self.columns })
    }

    @Test("of each bin runs over the frames") func perBin() {
        let actual = Self.apply(Self.matrix) { normalizeEachBin(&$0, columnCount: Self.columns) }
        Self.expectClose(actual, Self.expected { $0 % Self.columns })
    }

    @Test("of an utterance runs over everything") func perUtterance() {
        let actual = Self.apply(Self.matrix) { normalizeUtterance(&$0) }
        Self.expectClose(actual, Self.expected { _ in 0 })
    }

    @Test("by given statistics uses them, column by column") func given() {
        let mean = (0..<Self.columns).map { Float($0) }
        let deviation = (0..<Self.columns).map { Float($0 + 1) / 4 }
        let actual = Self.apply(Self.matrix) { normalize(&$0, mean: mean.span, deviation: deviation.span) }
        let expected = Self.matrix.indices.map { index in
            let column = index % Self.columns
            return Double((Self.matrix[index] - mean[column]) / deviation[column])
        }
        Self.expectClose(actual, expected)
    }

    @Test("of a constant gives zeros, not a division by zero") func constant() {
        let flat = [Float](repeating: 3.7, count: 4 * Self.columns)
        let zeros = [Double](repeating: 0, count: flat.count)
        #expect(Self.apply(flat) { normalizeEachFrame(&$0, columnCount: 4) }.allSatisfy { abs($0) < 1e6 })
        #expect(Self.apply(flat) { normalizeEachBin(&$0, columnCount: Self.columns) } == zeros)
        #expect(Self.apply(flat) { normalizeUtterance(&$0) } == zeros)
        #expect(Self.apply(flat) { whiten(&$0, targetRMS: 0.038021) } == zeros)
    }

    @Test("whitening gives mean 0 and the target RMS") func whitening() {
        let actual = Self.apply(GoldenSignal.samples.map { $0 + 0.25 }) {
            whiten(&$0, targetRMS: voicemapRMS)
        }
        let (mean, deviation) = Self.moments(actual)
        #expect(abs(mean) < 1e-9)
        #expect(abs(deviation - 0.038021) < 1e-9)
    }

    @Test("of nothing does nothing") func empty() {
        #expect(Self.apply([]) { whiten(&$0, targetRMS: 1) }.isEmpty)
        #expect(Self.apply([]) { normalizeEachFrame(&$0, columnCount: 64) }.isEmpty)
        #expect(Self.apply([]) { normalizeUtterance(&$0) }.isEmpty)
    }
}
