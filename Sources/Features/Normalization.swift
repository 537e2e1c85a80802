internal import CKernels

/// How a feature matrix [frames × coefficients] is normalized. Deviations are population deviations, at least 1e-12.
package enum Normalization: String, Codable, Sendable, CaseIterable {
    case none
    /// Each frame over its coefficients, as FBankNet does.
    case perFrame
    /// Each coefficient over the frames of one utterance (CMVN).
    case perBin
    /// All values of an utterance together.
    case perUtterance
    /// Each coefficient by a given mean and deviation of the dataset.
    case dataset

    /// The least deviation a value is divided by.
    static var smallestDeviation: Double { 1e-12 }
}

/// Each frame (row) becomes (v − mean) / max(deviation, 1e-12) over its coefficients; sums in float.
package func normalizeEachFrame(
    _ matrix: inout MutableSpan<Float>, columnCount: Int, level: CPULevel = .best
) {
    let rowCount = rows(of: matrix.count, columnCount)
    unsafe matrix.withUnsafeMutableBufferPointer { values in
        guard let base = values.baseAddress else { return }
        unsafe ck_normalize_rows(
            level.rawValue, base, rowCount, columnCount, Float(Normalization.smallestDeviation))
    }
}

/// Each coefficient (column) becomes (v − mean) / max(deviation, 1e-12) over the rows; sums in double.
package func normalizeEachBin(
    _ matrix: inout MutableSpan<Float>, columnCount: Int, level: CPULevel = .best
) {
    let rowCount = rows(of: matrix.count, columnCount)
    unsafe matrix.withUnsafeMutableBufferPointer { values in
        guard let base = values.baseAddress else { return }
        unsafe ck_normalize_columns(
            level.rawValue, base, rowCount, columnCount, Normalization.smallestDeviation)
    }
}

/// Every value becomes (v − mean) / max(deviation, 1e-12) over the whole matrix; sums in double.
package func normalizeUtterance(_ matrix: inout MutableSpan<Float>, level: CPULevel = .best) {
    unsafe matrix.withUnsafeMutableBufferPointer { values in
        guard let base = values.baseAddress else { return }
        unsafe ck_normalize_all(level.rawValue, base, values.count, Normalization.smallestDeviation)
    }
}

/// Each coefficient becomes (v − mean) / max(deviation, 1e-12) with the given vectors of one value per column.
package func normalize(
    _ matrix: inout MutableSpan<Float>, mean: Span<Float>, deviation: Span<Float>, level: CPULevel = .best
) {
    precondition(
        mean.count == deviation.count, "normalize: \(mean.count) means, \(deviation.count) deviations")
    let rowCount = rows(of: matrix.count, mean.count)
    unsafe matrix.withUnsafeMutableBufferPointer { values in
        unsafe mean.withUnsafeBufferPointer { mean in
            unsafe deviation.withUnsafeBufferPointer { deviation in
                guard let base = values.baseAddress else { return }
                unsafe ck_standardize(
                    level.rawValue, base, rowCount, mean.count, mean.baseAddress, deviation.baseAddress,
                    Float(Normalization.smallestDeviation))
            }
        }
    }
}

private func rows(of count: Int, _ columnCount: Int) -> Int {
    precondition(
        columnCount >= 1 && count.isMultiple(of: columnCount),
        "normalize: \(count) values in rows of \(columnCount)")
    return count / columnCount
}
