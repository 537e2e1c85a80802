/// CRC-32C (Castagnoli, 0x82F63B78 reflected), eight bytes a step, and TFRecord's mask of it.
enum MaskedCRC {
    /// Eight tables of 256: the k-th takes a byte that k more follow.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
            tables[byte] = crc
        }
        for table in 1..<8 {
            for byte in 0..<256 {
                let before = tables[(table - 1) * 256 + byte]
                tables[table * 256 + byte] = before >> 8 ^ tables[Int(before & 255)]
            }
        }
        return tables
    }()

    /// `((crc >> 15) | (crc << 17)) + 0xa282ead8`.
    static func masked(_ bytes: [UInt8]) -> UInt32 {
        let crc = castagnoli(bytes)
        return (crc >> 15 | crc << 17) &+ 0xa282_ead8
    }

    static func castagnoli(_ bytes: [UInt8]) -> UInt32 {
        let span = bytes.span
        let tables = tables.span
        var crc = UInt32.max
        var index = 0
        @inline(__always) func entry(_ table: Int, _ byte: UInt32) -> UInt32 {
            tables[table &* 256 &+ Int(byte & 255)]
        }
        while index &+ 8 <= span.count {
            let low =
                UInt32(span[index]) | UInt32(span[index &+ 1]) << 8 | UInt32(span[index &+ 2]) << 16
                | UInt32(span[index &+ 3]) << 24
            let first = crc ^ low
            let left = entry(7, first) ^ entry(6, first >> 8) ^ entry(5, first >> 16) ^ entry(4, first >> 24)
            let right =
                entry(3, UInt32(span[index &+ 4])) ^ entry(2, UInt32(span[index &+ 5]))
                ^ entry(1, UInt32(span[index &+ 6])) ^ entry(0, UInt32(span[index &+ 7]))
            crc = left ^ right
            index &+= 8
        }
        while index < span.count {
            crc = crc >> 8 ^ entry(0, crc ^ UInt32(span[index]))
            index &+= 1
        }
        return ~crc
    }
}
