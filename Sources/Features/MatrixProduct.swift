internal import CKernels

/// Products of matrices for one worker: C[i][j] = Σₖ A[i][k] · B[j][k].
///
/// The products of an element are added one by one, k rising, in single precision and never fused, so its bits depend
/// on its two rows alone: not on the CPU, nor on what is multiplied beside them. Nothing is allocated after `init`.
package final class MatrixProduct {
    private let level: CPULevel
    private var scratch = [Float](repeating: 0, count: Int(CK_MULTIPLY_SCRATCH))

    package init(level: CPULevel = .best) { self.level = level }

    /// `rows` [n × depth] times every row of `packed`, into `output` [n × packed.rowCount].
    package func multiply(
        _ rows: Span<Float>, by packed: PackedRows, into output: inout MutableSpan<Float>
    ) {
        let count = rows.count / packed.depth
        precondition(
            rows.count == count * packed.depth && output.count >= count * packed.rowCount
                && packed.level == level,
            "multiply: \(rows.count) values by \(packed.rowCount) rows of \(packed.depth) into \(output.count)"
        )
        let level = level.rawValue
        var taken = exchange(&scratch, with: [])
        defer { scratch = taken }
        var room = taken.mutableSpan
        let values = packed.values
        let factor = values.span
        unsafe rows.withUnsafeBufferPointer { a in
            unsafe factor.withUnsafeBufferPointer { b in
                unsafe output.withUnsafeMutableBufferPointer { c in
                    unsafe room.withUnsafeMutableBufferPointer { scratch in
                        guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress,
                            let scratch = scratch.baseAddress
                        else { return }
                        unsafe ck_multiply(
                            level, a, count, b, packed.rowCount, packed.depth, c, scratch)
                    }
                }
            }
        }
    }

    /// Adds `addend` to each of the first `count` rows of a matrix; with `rectifies` negative sums become 0.
    package func add(
        _ addend: Span<Float>, toRows count: Int, of matrix: inout MutableSpan<Float>, rectifies: Bool = false
    ) {
        precondition(
            matrix.count >= count * addend.count,
            "add: \(count) rows of \(addend.count) in \(matrix.count) values")
        unsafe addend.withUnsafeBufferPointer { addend in
            unsafe matrix.withUnsafeMutableBufferPointer { matrix in
                guard let values = matrix.baseAddress, let row = addend.baseAddress else { return }
                unsafe ck_add_to_rows(level.rawValue, values, count, addend.count, row, rectifies ? 1 : 0)
            }
        }
    }

    /// Writes the places of the values between `low` and `high`, both excluded, to `places`, which has room for all;
    /// returns how many there are.
    package func places(
        in values: Span<Float>, above low: Float, below high: Float, into places: inout MutableSpan<UInt32>
    ) -> Int {
        precondition(places.count >= values.count, "\(values.count) values, room for \(places.count) places")
        return unsafe values.withUnsafeBufferPointer { values in
            unsafe places.withUnsafeMutableBufferPointer { places in
                guard let from = values.baseAddress, let to = places.baseAddress else { return 0 }
                return unsafe ck_places_between(level.rawValue, from, values.count, low, high, to)
            }
        }
    }
}
