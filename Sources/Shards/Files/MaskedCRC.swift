internal import CKernels

/// CRC-32C (Castagnoli, 0x82F63B78 reflected) of bytes that come in pieces, with the CPU's instruction for it or sixteen bytes a
/// step, and TFRecord's mask of it: `((crc >> 15) | (crc << 17)) + 0xa282ead8`.
struct MaskedCRC {
    /// Sixteen tables of 256: the k-th takes a byte that k more follow.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 16 * 256)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
            tables[byte] = crc
        }
        for table in 1..<16 {
            for byte in 0..<256 {
                let before = tables[(table - 1) * 256 + byte]
                tables[table * 256 + byte] = before >> 8 ^ tables[Int(before & 255)]
            }
        }
        return tables
    }()

    private var state = UInt32.max

    /// CRC-32C of the bytes so far.
    var value: UInt32 { ~state }

    var masked: UInt32 { (value >> 15 | value << 17) &+ 0xa282_ead8 }

    init() {}

    init(_ bytes: [UInt8]) { add(bytes) }

    private static let hasInstruction = ck_has_crc32c() != 0

    mutating func add(_ bytes: [UInt8]) {
        guard MaskedCRC.hasInstruction else { return addByTables(bytes) }
        state = unsafe bytes.withUnsafeBufferPointer { unsafe ck_crc32c(state, $0.baseAddress, $0.count) }
    }

    mutating func addByTables(_ bytes: [UInt8]) {
        state = unsafe bytes.withUnsafeBytes { bytes in
            unsafe MaskedCRC.tables.withUnsafeBufferPointer { unsafe MaskedCRC.advance(state, bytes, $0) }
        }
    }

    @inline(__always)
    private static func eight(
        _ word: UInt64, _ tables: UnsafeBufferPointer<UInt32>, before: Int
    ) -> UInt32 {
        var crc: UInt32 = 0
        for byte in 0..<8 {
            let entry = (before &+ 7 &- byte) &* 256 &+ Int(word >> UInt64(8 &* byte) & 255)
            unsafe crc ^= tables[entry]
        }
        return crc
    }

    /// The state after `bytes`.
    private static func advance(
        _ state: UInt32, _ bytes: UnsafeRawBufferPointer, _ tables: UnsafeBufferPointer<UInt32>
    ) -> UInt32 {
        var crc = state
        var index = 0
        while index &+ 16 <= bytes.count {
            let first = unsafe UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let second = unsafe UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: index &+ 8, as: UInt64.self))
            crc = unsafe eight(first ^ UInt64(crc), tables, before: 8) ^ eight(second, tables, before: 0)
            index &+= 16
        }
        while index < bytes.count {
            unsafe crc = crc >> 8 ^ tables[Int((crc ^ UInt32(bytes[index])) & 255)]
            index &+= 1
        }
        return crc
    }
}
