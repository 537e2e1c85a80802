import ContentStore

/// Numbers and lines as bytes.
enum ByteText {
    static func little(_ value: some FixedWidthInteger) -> [UInt8] {
        unsafe withUnsafeBytes(of: value.littleEndian) { unsafe Array($0) }
    }

    /// Half-precision numbers, little-endian, as single-precision ones.
    static func widened(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
        var wide: [UInt8] = []
        wide.reserveCapacity(range.count * 2)
        for index in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
            let bits = UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
            wide += little(HalfPrecision.float(bits).bitPattern)
        }
        return wide
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
