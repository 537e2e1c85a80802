/// Randomness without a state: every number is a function of (seed, domain, id, counter) alone.
///
/// What is drawn for a thing never depends on what was drawn before, in which order, by how many workers or
/// beside which other things. `domain` names the purpose (`split.speaker`), so that two uses of one seed
/// share nothing. The function is SipHash-2-4; the message is a tag, the length-prefixed id or the two
/// integers, the counter and the attempt, all numbers as 64-bit words, so that no two questions make the same
/// bytes. All numbers are the same on every machine and pinned in tests. Nothing here allocates.
package struct KeyedRandom: Sendable {
    private let key0: UInt64
    private let key1: UInt64

    package init(seed: UInt64, domain: String) {
        key0 = KeyedRandom.derive(0, seed: seed, domain: domain)
        key1 = KeyedRandom.derive(1, seed: seed, domain: domain)
    }

    /// 64 random bits for an id and a counter.
    package func bits(_ id: String, _ counter: UInt64 = 0) -> UInt64 { bits(id, counter, attempt: 0) }

    /// 64 random bits for one or two integers; shares nothing with the bits of any id.
    package func bits(_ first: UInt64, _ second: UInt64 = 0) -> UInt64 { bits(first, second, attempt: 0) }

    /// A random number in [0, 1): a multiple of 2⁻⁵³.
    package func unit(_ id: String, _ counter: UInt64 = 0) -> Double { fraction(bits(id, counter)) }

    /// A random number in [0, 1) for integers: a multiple of 2⁻⁵³.
    package func unit(_ first: UInt64, _ second: UInt64 = 0) -> Double { fraction(bits(first, second)) }

    /// A random integer in `0..<bound`, each equally likely. `bound` is at least 1.
    package func below(_ bound: UInt64, _ id: String, _ counter: UInt64 = 0) -> UInt64 {
        below(bound) { bits(id, counter, attempt: $0) }
    }

    /// A random integer in `0..<bound` for integers, each equally likely. `bound` is at least 1.
    package func below(_ bound: UInt64, _ first: UInt64, _ second: UInt64 = 0) -> UInt64 {
        below(bound) { bits(first, second, attempt: $0) }
    }

    private func bits(_ id: String, _ counter: UInt64, attempt: UInt64) -> UInt64 {
        var hash = SipHash(key0: key0, key1: key1)
        hash.append(word: 1)
        hash.append(text: id)
        hash.append(word: counter)
        hash.append(word: attempt)
        return hash.finish()
    }

    private func bits(_ first: UInt64, _ second: UInt64, attempt: UInt64) -> UInt64 {
        var hash = SipHash(key0: key0, key1: key1)
        hash.append(word: 2)
        hash.append(word: first)
        hash.append(word: second)
        hash.append(word: attempt)
        return hash.finish()
    }

    private func fraction(_ bits: UInt64) -> Double { Double(bits >> 11) * 0x1p-53 }

    /// D. Lemire, "Fast random integer generation in an interval", 2019: the high word of bits × bound, drawn
    /// again in the rare case that would favor some results. The n-th attempt is keyed by n.
    private func below(_ bound: UInt64, draw: (UInt64) -> UInt64) -> UInt64 {
        precondition(bound > 0, "a random integer below 0 was asked for; the bound must be at least 1")
        let unfair = (0 &- bound) % bound
        var attempt: UInt64 = 0
        while true {
            let (high, low) = draw(attempt).multipliedFullWidth(by: bound)
            if low >= unfair { return high }
            attempt += 1
        }
    }

    private static func derive(_ part: UInt64, seed: UInt64, domain: String) -> UInt64 {
        // The digits of pi after the point: a key with nothing up its sleeve.
        var hash = SipHash(key0: 0x243f_6a88_85a3_08d3, key1: 0x1319_8a2e_0370_7344)
        hash.append(word: part)
        hash.append(word: seed)
        hash.append(text: domain)
        return hash.finish()
    }
}
