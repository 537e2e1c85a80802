import ContentStore

/// Numbers and lines as bytes.
enum ByteText {
    static func little(_ value: some FixedWidthInteger) -> [UInt8] {
        unsafe withUnsafeBytes(of: value.littleEndian) { unsafe Array($0) }
    }

    /// Appends a number, little-endian.
    static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    /// Half-precision numbers, little-endian, as single-precision ones.
    static func widened(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
        var wide: [UInt8] = []
        appendWidened(bytes, range, to: &wide)
        return wide
    }

    /// Appends half-precision numbers, little-endian, as single-precision ones.
    static func appendWidened(_ bytes: [UInt8], _ range: Range<Int>, to wide: inout [UInt8]) {
        wide.reserveCapacity(wide.count + range.count * 2)
        let span = bytes.span
        for index in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
            let value = HalfPrecision.float(UInt16(span[index]) | UInt16(span[index + 1]) << 8).bitPattern
            wide.append(UInt8(truncatingIfNeeded: value))
            wide.append(UInt8(truncatingIfNeeded: value >> 8))
            wide.append(UInt8(truncatingIfNeeded: value >> 16))
            wide.append(UInt8(truncatingIfNeeded: value >> 24))
        }
    }

    /// The single-precision number at `place`, little-endian.
    static func float(_ bytes: [UInt8], at place: Int) -> Float {
        Float(
            bitPattern: UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8
                | UInt32(bytes[place + 2]) << 16 | UInt32(bytes[place + 3]) << 24)
    }

    /// `count` samples in seconds, with as many digits as it takes: 16 000 Hz and 24 000 samples are `1.5`.
    static func seconds(_ count: Int, rate: Int) -> String {
        let nanoseconds = (count % rate * 1_000_000_000 + rate / 2) / rate
        var whole = count / rate
        var rest = nanoseconds
        if rest == 1_000_000_000 { (whole, rest) = (whole + 1, 0) }
        let digits = String(1_000_000_000 + rest).dropFirst()
        let fraction = digits.reversed().drop { $0 == "0" }.reversed()
        return "\(whole)." + (fraction.isEmpty ? "0" : String(fraction))
    }

    /// Lines in byte order.
    static func sorted(_ lines: some Sequence<String>) -> [String] { lines.sorted { $0.precedesByBytes($1) } }
}
