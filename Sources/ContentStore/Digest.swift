internal import Crypto

/// The SHA-256 of some bytes: the name of what came out.
///
/// Written as 64 lowercase hexadecimal digits. Ordered as its bytes are.
package struct Digest: Hashable, Sendable, Comparable {
    private let words: InlineWords

    private struct InlineWords: Hashable, Sendable {
        var a: UInt64, b: UInt64, c: UInt64, d: UInt64
    }

    /// The digest whose 32 bytes these are; nil when there are not exactly 32.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.init(Array(bytes), at: 0)
    }

    /// The digest whose 32 bytes begin at `offset` of `bytes`, which has them.
    package init(_ bytes: [UInt8], at offset: Int) {
        precondition(
            offset >= 0 && offset + 32 <= bytes.count, "a digest at \(offset) of \(bytes.count) bytes")
        func word(_ index: Int) -> UInt64 {
            var word: UInt64 = 0
            for byte in 0..<8 { word = word << 8 | UInt64(bytes[offset + index * 8 + byte]) }
            return word
        }
        words = InlineWords(a: word(0), b: word(1), c: word(2), d: word(3))
    }

    /// The digest written as 64 hexadecimal digits; nil when the text is anything else.
    package init?(hex: some StringProtocol) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        var high: UInt8?
        for character in hex.utf8 {
            guard let nibble = Digest.nibble(character) else { return nil }
            if let first = high {
                bytes.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        guard high == nil else { return nil }
        self.init(bytes: bytes)
    }

    private static func nibble(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    /// The 32 bytes, most significant first.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        append(to: &bytes)
        return bytes
    }

    /// Appends the 32 bytes.
    package func append(to bytes: inout [UInt8]) {
        func append(_ word: UInt64) {
            for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64(shift)))) }
        }
        append(words.a)
        append(words.b)
        append(words.c)
        append(words.d)
    }

    package var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The first 12 hexadecimal digits: enough for people, never for keys.
    package var short: String { String(hex.prefix(12)) }

    package static func < (left: Digest, right: Digest) -> Bool {
        (left.words.a, left.words.b, left.words.c, left.words.d)
            < (right.words.a, right.words.b, right.words.c, right.words.d)
    }

    /// The digest of `bytes`.
    package static func of(_ bytes: some Collection<UInt8>) -> Digest {
        var hasher = StreamHasher()
        hasher.update(Array(bytes))
        return hasher.finish()
    }
}

extension Digest: CustomStringConvertible {
    package var description: String { hex }
}

extension Digest: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = Digest(hex: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a SHA-256")
        }
        self = digest
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
