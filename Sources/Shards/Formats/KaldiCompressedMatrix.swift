/// A matrix in 16 bits a value, as Kaldi's `copy-feats --compression-method=3` writes it, byte for byte.
///
///     "CM2 " │ float32 least │ float32 range │ int32 rows │ int32 columns │ uint16 values, row by row
///
/// A value is least + range · u / 65535; the range of a constant matrix is 1 + |least|.
enum KaldiCompressedMatrix {
    /// The matrix whose float32 values lie in `range` of `bytes`; nil if one of them, or their span, is not finite.
    static func bytes(_ bytes: [UInt8], _ range: Range<Int>, rows: Int, columns: Int) -> [UInt8]? {
        guard let (least, span) = bounds(bytes, range) else { return nil }
        let head = headByteCount
        var packed = [UInt8](repeating: 0, count: head + range.count / 2)
        for (place, number) in [least.bitPattern, span.bitPattern, UInt32(rows), UInt32(columns)].enumerated()
        {
            for byte in 0..<4 {
                packed[4 + 4 * place + byte] = UInt8(truncatingIfNeeded: number >> (8 * UInt32(byte)))
            }
        }
        packed.replaceSubrange(0..<4, with: "CM2 ".utf8)
        unsafe bytes.withUnsafeBytes { values in
            unsafe packed.withUnsafeMutableBytes { packed in
                unsafe pack(
                    UnsafeRawBufferPointer(rebasing: values[range]),
                    into: UnsafeMutableRawBufferPointer(rebasing: packed[head...]), least: least, span: span)
            }
        }
        return packed
    }

    private static let headByteCount = 20

    /// Kaldi's level of a value is ⌊65535 · part + 0.499⌋, in double precision. Adding 2^52 rounds to the nearest whole
    /// number, which then stands in the lowest bits: the same of 65535 · part − 0.001, for no number of single precision
    /// lies so near to a half past that the two differ.
    private static func pack(
        _ values: UnsafeRawBufferPointer, into packed: UnsafeMutableRawBufferPointer, least: Float,
        span: Float
    ) {
        for index in 0..<packed.count / 2 {
            let bits = unsafe UInt32(
                littleEndian: values.loadUnaligned(fromByteOffset: 4 &* index, as: UInt32.self))
            let part = min(max((Float(bitPattern: bits) - least) / span, 0), 1)
            let level = (Double(part * 65535) - 0.001 + 0x1p52).bitPattern
            unsafe packed.storeBytes(
                of: UInt16(truncatingIfNeeded: level).littleEndian, toByteOffset: 2 &* index, as: UInt16.self)
        }
    }

    private typealias Lanes = SIMD16<Float>

    private static func bounds(_ bytes: [UInt8], _ range: Range<Int>) -> (least: Float, span: Float)? {
        guard !range.isEmpty else { return (0, 1) }
        let width = MemoryLayout<Lanes>.size
        let (whole, end) = (range.lowerBound + range.count / width * width, range.upperBound)
        var (low, high) = (Lanes(repeating: .infinity), Lanes(repeating: -.infinity))
        // What is not finite is not itself less itself.
        var rest = Lanes(repeating: 0)
        unsafe bytes.withUnsafeBytes { bytes in
            for place in stride(from: range.lowerBound, to: whole, by: width) {
                let values = unsafe bytes.loadUnaligned(fromByteOffset: place, as: Lanes.self)
                low.replace(with: values, where: values .< low)
                high.replace(with: values, where: values .> high)
                rest += values - values
            }
        }
        var (least, most, isFinite) = (low.min(), high.max(), rest.sum() == 0)
        for place in stride(from: whole, to: end, by: 4) {
            let value = ByteText.float(bytes, at: place)
            isFinite = isFinite && value.isFinite
            least = min(least, value)
            most = max(most, value)
        }
        guard isFinite else { return nil }
        least = firstZero(bytes, range, least)
        if least == most { most = least + (1 + abs(least)) }
        let span = most - least
        return span.isFinite ? (least, span > 0 ? span : 1e-5) : nil
    }

    /// Zeros have two signs, of which the first in the matrix counts; other numbers are their own.
    private static func firstZero(_ bytes: [UInt8], _ range: Range<Int>, _ value: Float) -> Float {
        guard value == 0 else { return value }
        let first = stride(from: range.lowerBound, to: range.upperBound, by: 4).first {
            ByteText.float(bytes, at: $0) == 0
        }
        return first.map { ByteText.float(bytes, at: $0) } ?? value
    }
}
