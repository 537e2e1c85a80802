internal import CKernels

/// The second factor of matrix products, laid out for the kernel: rows of `depth` values.
package struct PackedRows: Sendable {
    package let depth: Int
    package private(set) var rowCount = 0
    let level: CPULevel
    private(set) var values: [Float]

    /// Room for `capacity` rows, which `fill` brings.
    package init(capacity: Int, depth: Int, level: CPULevel = .best) {
        precondition(capacity >= 0 && depth > 0, "packed rows: \(capacity) of \(depth) values")
        self.depth = depth
        self.level = level
        values = [Float](repeating: 0, count: ck_packed_count(capacity, depth))
    }

    /// Rows that lie one after another.
    package init(_ rows: Span<Float>, depth: Int, level: CPULevel = .best) {
        self.init(capacity: rows.count / depth, depth: depth, level: level)
        fill(rows, count: rows.count / depth)
    }

    /// Takes the first `count` rows of `rows`; there is room for them.
    package mutating func fill(_ rows: Span<Float>, count: Int) {
        precondition(
            count * depth <= rows.count && ck_packed_count(count, depth) <= values.count,
            "packed rows: \(count) rows of \(depth) from \(rows.count) values into \(values.count)")
        rowCount = count
        let (level, depth) = (level.rawValue, depth)
        var target = values.mutableSpan
        unsafe rows.withUnsafeBufferPointer { source in
            unsafe target.withUnsafeMutableBufferPointer { packed in
                guard let from = source.baseAddress, let to = packed.baseAddress else { return }
                unsafe ck_pack(level, from, count, depth, depth, to)
            }
        }
    }
}
