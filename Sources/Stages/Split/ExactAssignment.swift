import Corpus

/// Shares met as exactly as whole speakers allow, at the price of stability: new speakers may move old ones.
///
/// Within each stratum the speakers stand in the order of the same keyed hash that the stable split uses,
/// laid end to end with their measure as length; the axis of the shares is laid over them, and a speaker goes
/// to the side that holds its middle. A share is off by at most half of the longest speaker at each of its
/// ends.
struct ExactAssignment {
    let rules: SplitRules

    init(_ rules: SplitRules) { self.rules = rules }

    func sides(_ speakers: [SplitCandidate]) -> [Side?] {
        var sides = [Side?](repeating: nil, count: speakers.count)
        for stratum in strata(speakers) {
            assign(stratum, of: speakers, to: &sides)
        }
        return sides
    }

    private func strata(_ speakers: [SplitCandidate]) -> [[Int]] {
        let all = Array(speakers.indices)
        switch rules.strata {
        case .none: return [all]
        case .sex: return Sex.allCases.map { sex in all.filter { speakers[$0].sex == sex } }
        }
    }

    private func assign(_ stratum: [Int], of speakers: [SplitCandidate], to sides: inout [Side?]) {
        let random = KeyedRandom(seed: rules.seed, domain: "split.speaker")
        let hashed = stratum.map { (bits: random.bits(speakers[$0].id), index: $0) }
        let ordered = hashed.sorted {
            ($0.bits, speakers[$0.index].id) < ($1.bits, speakers[$1.index].id)
        }
        let lengths = ordered.map { UInt128(length(of: speakers[$0.index])) }
        let total = lengths.reduce(0, +)
        guard total > 0 else { return }
        var start: UInt128 = 0
        for (entry, length) in zip(ordered, lengths) {
            let middle = (2 * start + length) * UInt128(SplitShares.whole) / (2 * total)
            sides[entry.index] = rules.shares.side(at: min(Int(middle), SplitShares.whole - 1))
            start += length
        }
    }

    private func length(of speaker: SplitCandidate) -> UInt64 {
        rules.measure == .speakers ? 1 : speaker.duration
    }
}
