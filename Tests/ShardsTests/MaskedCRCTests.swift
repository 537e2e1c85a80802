import Testing

@testable import Shards

@Suite("CRC-32C and its mask")
struct MaskedCRCTests {
    /// RFC 3720, appendix B.4, and the check value of the catalogue of CRCs.
    @Test(
        "are those of the published vectors",
        arguments: [
            (Array("123456789".utf8), 0xE306_9283), ([], 0),
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
            ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            (Array(0..<32), 0x46DD_794E), ((0..<32).reversed(), 0x113F_DB5C),
        ] as [([UInt8], UInt32)])
    func vectors(bytes: [UInt8], crc: UInt32) { #expect(MaskedCRC(bytes).value == crc) }

    /// google-crc32c 1.9.0: `c = google_crc32c.value(b"123456789"); ((c >> 15 | c << 17) + 0xa282ead8) & 0xffffffff`.
    @Test("the mask is TFRecord's") func mask() {
        #expect(MaskedCRC(Array("123456789".utf8)).masked == 0xC78A_B0E5)
    }

    @Test("bytes in pieces give what they give together, at every length and every cut")
    func pieces() {
        for count in 0..<50 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ count) }
            let whole = bitByBit(bytes)
            for cut in 0...count {
                var crc = MaskedCRC(Array(bytes[..<cut]))
                crc.add(Array(bytes[cut...]))
                #expect(crc.value == whole, "\(count) bytes cut at \(cut)")
                // Other CPUs have no instruction for it.
                var other = MaskedCRC()
                other.addByTables(Array(bytes[..<cut]))
                other.addByTables(Array(bytes[cut...]))
                #expect(other.value == whole, "\(count) bytes cut at \(cut), by tables")
            }
        }
    }

    private func bitByBit(_ bytes: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
        }
        return ~crc
    }
}
