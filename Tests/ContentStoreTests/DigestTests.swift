import ContentStore
import Testing

@Suite("A digest")
struct DigestTests {
    /// FIPS 180-4's examples.
    private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    private static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    private static let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

    @Test("of known bytes is their SHA-256")
    func knownBytes() {
        #expect(Digest.of("abc".utf8).hex == DigestTests.abc)
        #expect(Digest.of([]).hex == DigestTests.empty)
        #expect(Digest.of([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)).hex == DigestTests.million)
    }

    @Test("of bytes that come in pieces is that of the whole", arguments: [1, 7, 64, 4096])
    func pieces(size: Int) {
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        var hasher = StreamHasher()
        for start in stride(from: 0, to: bytes.count, by: size) {
            hasher.update(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        #expect(hasher.finish().hex == DigestTests.million)
    }

    @Test("goes through its hexadecimal digits and its bytes unchanged")
    func roundtrip() throws {
        let digest = try #require(Digest(hex: DigestTests.abc))
        #expect(digest == Digest.of("abc".utf8))
        #expect(digest.hex == DigestTests.abc)
        #expect(digest.description == DigestTests.abc)
        #expect(digest.short == "ba7816bf8f01")
        #expect(digest.bytes.prefix(4) == [0xba, 0x78, 0x16, 0xbf])
        #expect(Digest(bytes: digest.bytes) == digest)
    }

    private static let otherTexts: [String] = [
        "", "b", "\(abc.dropLast())", "\(abc)00", "\(abc)0", abc.uppercased(), "g\(abc.dropFirst())",
        " \(abc.dropFirst())", "0x\(abc.dropFirst(2))", "\(abc.dropLast())\n", "\(abc.dropLast(2))é",
        "٣\(abc.dropFirst(2))",
    ]

    @Test("is read from nothing but 64 lowercase hexadecimal digits", arguments: otherTexts)
    func refusedText(text: String) {
        #expect(Digest(hex: text) == nil)
    }

    @Test("is made of nothing but 32 bytes", arguments: [0, 1, 31, 33, 64])
    func refusedBytes(count: Int) {
        #expect(Digest(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test("is ordered as its bytes are, from the first to the last")
    func order() throws {
        let zero = [UInt8](repeating: 0, count: 32)
        for position in 0..<32 {
            var larger = zero
            larger[position] = 0xff
            var smaller = zero
            for later in (position + 1)..<33 where later < 32 { smaller[later] = 0xff }
            let (low, high) = (try #require(Digest(bytes: smaller)), try #require(Digest(bytes: larger)))
            #expect(low < high)
            #expect(!(high < low))
        }
        let same = try #require(Digest(bytes: zero))
        #expect(!(same < same))
    }

    @Test("is written as a JSON text and read back, and anything else is refused")
    func json() throws {
        let text = try CanonicalJSON.encode([Digest.of("abc".utf8)])
        #expect(text == "[\"\(DigestTests.abc)\"]")
        #expect(try CanonicalJSON.decode([Digest].self, from: text) == [Digest.of("abc".utf8)])
        let wrong = #expect(throws: StoreError.self) {
            try CanonicalJSON.decode([Digest].self, from: "[\"\(DigestTests.abc.dropLast())\"]")
        }
        #expect(wrong?.message.contains("is not a SHA-256") == true)
    }
}
