/// A matrix in 16 bits a value, as Kaldi's `copy-feats --compression-method=3` writes it, byte for byte.
///
///     "CM2 " │ float32 least │ float32 range │ int32 rows │ int32 columns │ uint16 values, row by row
///
/// A value is least + range · u / 65535; the range of a constant matrix is 1 + |least|.
enum KaldiCompressedMatrix {
    /// The matrix whose float32 values lie in `range` of `bytes`; nil if one of them, or their span, is not finite.
    static func bytes(_ bytes: [UInt8], _ range: Range<Int>, rows: Int, columns: Int) -> [UInt8]? {
        guard let (least, span) = bounds(bytes, range) else { return nil }
        var packed = Array("CM2 ".utf8) + ByteText.little(least.bitPattern) + ByteText.little(span.bitPattern)
        packed += ByteText.little(Int32(rows)) + ByteText.little(Int32(columns))
        packed.reserveCapacity(packed.count + range.count / 2)
        for place in stride(from: range.lowerBound, to: range.upperBound, by: 4) {
            let part = min(max((ByteText.float(bytes, at: place) - least) / span, 0), 1)
            let level = UInt16(Double(part * 65535) + 0.499)
            packed.append(UInt8(truncatingIfNeeded: level))
            packed.append(UInt8(truncatingIfNeeded: level >> 8))
        }
        return packed
    }

    private static func bounds(_ bytes: [UInt8], _ range: Range<Int>) -> (least: Float, span: Float)? {
        guard !range.isEmpty else { return (0, 1) }
        var (least, most) = (Float.infinity, -Float.infinity)
        for place in stride(from: range.lowerBound, to: range.upperBound, by: 4) {
            let value = ByteText.float(bytes, at: place)
            guard value.isFinite else { return nil }
            least = min(least, value)
            most = max(most, value)
        }
        if least == most { most = least + (1 + abs(least)) }
        let span = most - least
        return span.isFinite ? (least, span > 0 ? span : 1e-5) : nil
    }
}
