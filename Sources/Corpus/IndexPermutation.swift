/// A random order of `0..<size` that is computed, not stored: any place, or its inverse, at once.
///
/// Index i is written as r · 2ᵇ + l, with 2ᵇ about √size and r below ⌈size / 2ᵇ⌉. Feistel rounds add a keyed
/// function of one coordinate to the other, modulo its range; a result that is not below `size` goes through
/// again ("cycle walking", rarer than 2 in √size for all but small sizes), which keeps the map a bijection.
/// Source: J. Black, P. Rogaway, "Ciphers with arbitrary finite domains", 2002. Whole numbers only, so the
/// order is the same everywhere; O(1) time, no division, no memory, no allocation.
///
/// Rounds: 6 from size 4097 on, up to 18 below, so that over the seeds the places of two neighbors are
/// uniform within 1 % (root mean square over all pairs of places, by the Markov chain of their coordinates'
/// distances).
package struct IndexPermutation: Sendable, Hashable {
    /// How many indices are permuted: 1…2⁶³.
    package let size: UInt64
    /// b: how many low bits make l.
    @usableFromInline let lowBits: UInt64
    /// How many values r has.
    @usableFromInline let highCount: UInt64
    @usableFromInline let key: UInt64

    /// The permutation of `0..<size` that belongs to `seed`; neighboring seeds give unrelated ones.
    @inlinable @inline(__always)
    package init(size: UInt64, seed: UInt64) {
        precondition(size >= 1 && size <= 1 << 63, "a permutation of \(size) indices; it takes 1…2^63")
        self.size = size
        lowBits = (65 &- UInt64(truncatingIfNeeded: (size &- 1).leadingZeroBitCount)) &>> 1
        highCount = ((size &- 1) &>> lowBits) &+ 1
        key = scramble(seed)
    }

    @inlinable @inline(__always)
    init(size: UInt64, lowBits: UInt64, highCount: UInt64, key: UInt64) {
        (self.size, self.lowBits, self.highCount, self.key) = (size, lowBits, highCount, key)
    }

    /// The permutation of the same size that belongs to another seed.
    @inlinable @inline(__always)
    package func reseeded(_ seed: UInt64) -> IndexPermutation {
        IndexPermutation(size: size, lowBits: lowBits, highCount: highCount, key: scramble(seed))
    }

    /// What stands at place `index`, which is below `size`.
    @inlinable
    package subscript(_ index: UInt64) -> UInt64 {
        @inline(__always) get {
            precondition(index < size, "index \(index) in a permutation of \(size)")
            let mask = (1 &<< lowBits) &- 1
            var walked = index
            repeat {
                var low = walked & mask
                var high = walked &>> lowBits
                twoRounds(0, &low, &high, mask)
                twoRounds(2, &low, &high, mask)
                twoRounds(4, &low, &high, mask)
                var round: UInt64 = 6
                while round < roundCount {
                    twoRounds(round, &low, &high, mask)
                    round &+= 2
                }
                walked = high &<< lowBits | low
            } while walked >= size
            return walked
        }
    }

    /// The place where `value`, which is below `size`, stands: the inverse of the subscript.
    @inlinable
    package func index(of value: UInt64) -> UInt64 {
        precondition(value < size, "value \(value) in a permutation of \(size)")
        let mask = (1 &<< lowBits) &- 1
        var walked = value
        repeat {
            var low = walked & mask
            var high = walked &>> lowBits
            var round = roundCount
            while round > 0 {
                round &-= 2
                high = added(high, highCount &- highNoise(low, round &+ 1))
                low = (low &- lowNoise(high, round)) & mask
            }
            walked = high &<< lowBits | low
        } while walked >= size
        return walked
    }

    @inlinable @inline(__always)
    func twoRounds(_ round: UInt64, _ low: inout UInt64, _ high: inout UInt64, _ mask: UInt64) {
        low = (low &+ lowNoise(high, round)) & mask
        high = added(high, highNoise(low, round &+ 1))
    }

    /// By the number of low bits: 6, 12, 18, 14, 10, 8, 8 rounds for up to 1, 4, 16, 64, 256, 1024, 4096
    /// indices, then 6. One hexadecimal digit is half of a number.
    @inlinable @inline(__always)
    var roundCount: UInt64 {
        lowBits > 6 ? 6 : (0x4457963 &>> (4 &* lowBits) & 15) &* 2
    }

    /// Bits for a coordinate and a round under the key, the upper ones the better: the two multiplications of
    /// `scramble` with one shift between.
    @inlinable @inline(__always)
    func noise(_ coordinate: UInt64, _ round: UInt64) -> UInt64 {
        let mixed = (coordinate &+ key &+ round &* 0x9e37_79b9_7f4a_7c15) &* 0xbf58_476d_1ce4_e5b9
        return (mixed ^ mixed &>> 32) &* 0x94d0_49bb_1331_11eb
    }

    /// Noise whose `lowBits` low bits count.
    @inlinable @inline(__always)
    func lowNoise(_ high: UInt64, _ round: UInt64) -> UInt64 { noise(high, round) &>> 32 }

    /// Noise below `highCount`.
    @inlinable @inline(__always)
    func highNoise(_ low: UInt64, _ round: UInt64) -> UInt64 {
        noise(low, round).multipliedFullWidth(by: highCount).high
    }

    /// A sum of two numbers up to `highCount`, modulo `highCount`.
    @inlinable @inline(__always)
    func added(_ one: UInt64, _ other: UInt64) -> UInt64 {
        let sum = one &+ other
        return sum >= highCount ? sum &- highCount : sum
    }
}
