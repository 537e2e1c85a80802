/// As much of protocol buffers as an Example takes: varints, and fields of bytes whose numbers are below 16.
enum Protobuf {
    static func varint(_ number: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        append(varint: number, to: &bytes)
        return bytes
    }

    static func append(varint number: UInt64, to bytes: inout [UInt8]) {
        var left = number
        while left >= 128 {
            bytes.append(UInt8(left & 127) | 128)
            left >>= 7
        }
        bytes.append(UInt8(left))
    }

    static func varintByteCount(_ number: UInt64) -> Int {
        (70 - (number | 1).leadingZeroBitCount) / 7
    }

    /// Appends the tag and the length of a field of `byteCount` bytes, which come next.
    static func append(field number: Int, byteCount: Int, to bytes: inout [UInt8]) {
        bytes.append(UInt8(number << 3 | 2))
        append(varint: UInt64(byteCount), to: &bytes)
    }

    /// The bytes of a field whose value has `byteCount`.
    static func fieldByteCount(_ byteCount: Int) -> Int {
        1 + varintByteCount(UInt64(byteCount)) + byteCount
    }
}
