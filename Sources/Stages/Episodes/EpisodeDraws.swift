import Corpus

/// The random numbers of one episode, one after another, and the positions that may not be drawn any more.
struct EpisodeDraws {
    private let random: KeyedRandom
    private let episode: UInt64
    private var number: UInt64 = 0
    /// Ascending, none touching another's positions.
    private var excluded: [Range<Int>] = []

    init(_ random: KeyedRandom, episode: UInt64) {
        self.random = random
        self.episode = episode
    }

    mutating func below(_ bound: UInt64) -> UInt64 {
        number += 1
        return random.below(bound, episode, number)
    }

    mutating func bits() -> UInt64 {
        number += 1
        return random.bits(episode, number)
    }

    mutating func exclude(_ range: Range<Int>) {
        let place = excluded.firstIndex { $0.lowerBound > range.lowerBound } ?? excluded.count
        excluded.insert(range, at: place)
    }

    mutating func removeExclusions() { excluded.removeAll(keepingCapacity: true) }

    /// A position of `range` that is not excluded, in proportion to the weights: a place among the weights that are
    /// left, moved past each excluded stretch that it reaches.
    mutating func position(in range: Range<Int>, _ weights: PrefixSums) -> Int {
        var left = weights.sums[range.upperBound] - weights.sums[range.lowerBound]
        for range in excluded { left -= weights.sums[range.upperBound] - weights.sums[range.lowerBound] }
        var place = weights.sums[range.lowerBound] + below(left)
        for range in excluded where place >= weights.sums[range.lowerBound] {
            place += weights.sums[range.upperBound] - weights.sums[range.lowerBound]
        }
        return weights.index(of: place)
    }
}
