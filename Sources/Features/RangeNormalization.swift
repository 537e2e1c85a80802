/// Every value is brought to 0 … 1 over the whole matrix; a constant matrix becomes zeros.
package func normalizeRange(_ matrix: inout MutableSpan<Float>) {
    normalizeRange(&matrix, 0..<matrix.count)
}

/// Each frame (row) is brought to 0 … 1; a constant one becomes zeros.
package func normalizeRangeOfEachFrame(_ matrix: inout MutableSpan<Float>, columnCount: Int) {
    for start in stride(from: 0, to: matrix.count, by: columnCount) {
        normalizeRange(&matrix, start..<start + columnCount)
    }
}

/// Each frame (row) is divided by its largest magnitude; a frame of zeros stays.
package func normalizeMaximumOfEachFrame(_ matrix: inout MutableSpan<Float>, columnCount: Int) {
    for start in stride(from: 0, to: matrix.count, by: columnCount) {
        var largest: Float = 0
        for index in start..<start + columnCount { largest = max(largest, abs(matrix[index])) }
        guard largest > 0 else { continue }
        for index in start..<start + columnCount { matrix[index] /= largest }
    }
}

private func normalizeRange(_ matrix: inout MutableSpan<Float>, _ range: Range<Int>) {
    var (least, largest) = (Float.infinity, -Float.infinity)
    for index in range {
        least = min(least, matrix[index])
        largest = max(largest, matrix[index])
    }
    let width = largest - least
    for index in range { matrix[index] = width > 0 ? (matrix[index] - least) / width : matrix[index] - least }
}
