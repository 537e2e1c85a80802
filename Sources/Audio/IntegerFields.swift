/// The unsigned little-endian integer of `count` bytes at `offset`, as headers hold them; nil past the end.
func littleEndian(_ bytes: RawSpan, at offset: Int, count: Int) -> Int? {
    guard offset >= 0, offset <= bytes.byteCount - count else { return nil }
    var value: UInt64 = 0
    for i in 0..<count { value |= UInt64(byte(bytes, offset + i)) << UInt64(8 * i) }
    return Int(exactly: value)
}

/// The unsigned big-endian integer of `count` bytes at `offset`; nil past the end.
func bigEndian(_ bytes: RawSpan, at offset: Int, count: Int) -> Int? {
    guard offset >= 0, offset <= bytes.byteCount - count else { return nil }
    var value: UInt64 = 0
    for i in 0..<count { value = value << 8 | UInt64(byte(bytes, offset + i)) }
    return Int(exactly: value)
}

/// Whether the bytes at `offset` are the ASCII `text`.
func hasText(_ text: StaticString, _ bytes: RawSpan, at offset: Int) -> Bool {
    guard offset >= 0, offset <= bytes.byteCount - text.utf8CodeUnitCount else { return false }
    for i in 0..<text.utf8CodeUnitCount where unsafe byte(bytes, offset + i) != text.utf8Start[i] {
        return false
    }
    return true
}

/// One byte; its bounds are checked by the span.
func byte(_ bytes: RawSpan, _ offset: Int) -> UInt8 {
    unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
}
