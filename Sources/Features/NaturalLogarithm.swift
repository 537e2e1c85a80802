internal import CKernels

/// Replaces every value by its natural logarithm, at most 1 unit in the last place off: 0 becomes −∞, NaN stays NaN.
/// Values must not be negative. The same bits on every CPU.
package func takeLogarithm(_ values: inout MutableSpan<Float>, level: CPULevel = .best) {
    unsafe values.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        unsafe ck_log(level.rawValue, base, buffer.count)
    }
}

/// The natural logarithm of one value, as `takeLogarithm` has it.
func logarithm(_ value: Float) -> Float {
    var logarithm = value
    unsafe withUnsafeMutablePointer(to: &logarithm) { unsafe ck_log(CPULevel.best.rawValue, $0, 1) }
    return logarithm
}
