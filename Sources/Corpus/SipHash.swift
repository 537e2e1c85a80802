/// SipHash-2-4: a keyed hash of bytes to 64 bits that is a pseudorandom function of its 128-bit key.
///
/// Source: J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", 2012. Bytes go in one after
/// another or as little-endian words; `finish()` gives the value for all that went in. Allocation-free.
package struct SipHash: Sendable {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    /// Bytes that do not fill a word yet, the first in the lowest place.
    private var tail: UInt64 = 0
    private var byteCount: UInt64 = 0

    /// An empty message under the key whose 16 bytes are `key0` and `key1`, little-endian.
    package init(key0: UInt64, key1: UInt64) {
        v0 = key0 ^ 0x736f_6d65_7073_6575
        v1 = key1 ^ 0x646f_7261_6e64_6f6d
        v2 = key0 ^ 0x6c79_6765_6e65_7261
        v3 = key1 ^ 0x7465_6462_7974_6573
    }

    package mutating func append(byte: UInt8) {
        tail |= UInt64(byte) << ((byteCount & 7) * 8)
        byteCount += 1
        if byteCount & 7 == 0 {
            compress(tail)
            tail = 0
        }
    }

    /// Appends the eight bytes of `word`, the lowest first.
    package mutating func append(word: UInt64) {
        let filled = (byteCount & 7) * 8
        byteCount += 8
        if filled == 0 {
            compress(word)
        } else {
            compress(tail | word << filled)
            tail = word >> (64 - filled)
        }
    }

    /// Appends the number of UTF-8 bytes of `text` as a word, then those bytes: no two lists of texts look
    /// alike.
    package mutating func append(text: String) {
        let bytes = text.utf8
        append(word: UInt64(bytes.count))
        for byte in bytes { append(byte: byte) }
    }

    /// The hash of everything appended so far.
    package consuming func finish() -> UInt64 {
        compress(tail | byteCount << 56)
        v2 ^= 0xff
        for _ in 0..<4 { round() }
        return v0 ^ v1 ^ v2 ^ v3
    }

    private mutating func compress(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    private mutating func round() {
        v0 &+= v1
        v2 &+= v3
        v1 = SipHash.rotate(v1, by: 13) ^ v0
        v3 = SipHash.rotate(v3, by: 16) ^ v2
        v0 = SipHash.rotate(v0, by: 32)
        v2 &+= v1
        v0 &+= v3
        v1 = SipHash.rotate(v1, by: 17) ^ v2
        v3 = SipHash.rotate(v3, by: 21) ^ v0
        v2 = SipHash.rotate(v2, by: 32)
    }

    private static func rotate(_ word: UInt64, by count: UInt64) -> UInt64 {
        word << count | word >> (64 - count)
    }
}
