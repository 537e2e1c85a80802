internal import Corpus

/// Pairs of things of several speakers, for evaluation: all of them, or where they are too many a sample that is
/// computed from a seed. No pair stands twice, and none is of two examples of one utterance, by which a voice would be
/// recognized by the very recording.
struct PairSample {
    /// More pairs than this are sampled.
    static let wholeLimit = 100_000
    /// Of so many of one speaker and so many of two, which gives the rates of both about the same weight.
    static let targetLimit = 20_000
    static let nontargetLimit = 80_000
    /// Draws that may fall on pairs which are left out.
    private static let drawLimit = 20_000_000

    private(set) var pairs: [(first: Int, second: Int, isTarget: Bool)] = []
    /// Whether these are all pairs there are.
    let isWhole: Bool
    private let speakers: [UInt32]
    private let utterances: [UInt32]

    /// - Parameters:
    ///   - speakers: of each thing.
    ///   - utterances: of each thing, the number of its utterance.
    init(speakers: [UInt32], utterances: [UInt32], wholeLimit: Int = wholeLimit, seed: UInt64 = 42) {
        (self.speakers, self.utterances) = (speakers, utterances)
        let count = speakers.count
        isWhole = count * (count - 1) / 2 <= wholeLimit
        guard !isWhole else {
            for first in 0..<count {
                for second in first + 1..<count { add(first, second) }
            }
            return
        }
        let random = KeyedRandom(seed: seed, domain: "evaluation.pairs")
        drawTargets(random.bits(0))
        drawNontargets(random.bits(1))
    }

    private mutating func add(_ first: Int, _ second: Int) {
        guard utterances[first] != utterances[second] else { return }
        pairs.append((first, second, speakers[first] == speakers[second]))
    }

    private mutating func drawTargets(_ seed: UInt64) {
        var things: [UInt32: [Int]] = [:]
        for (thing, speaker) in speakers.enumerated() { things[speaker, default: []].append(thing) }
        let groups = things.keys.sorted().compactMap { things[$0] }
        var ends: [Int] = []
        for group in groups { ends.append((ends.last ?? 0) + group.count * (group.count - 1) / 2) }
        guard let total = ends.last, total > 0 else { return }
        let order = IndexPermutation(size: UInt64(total), seed: seed)
        for draw in 0..<min(total, PairSample.drawLimit) where pairs.count < PairSample.targetLimit {
            let number = Int(order[UInt64(draw)])
            let group = ends.partitioningIndex { $0 > number }
            let (first, second) = PairSample.pair(number - (group == 0 ? 0 : ends[group - 1]))
            add(groups[group][first], groups[group][second])
        }
    }

    private mutating func drawNontargets(_ seed: UInt64) {
        guard Set(speakers).count > 1 else { return }
        let total = speakers.count * (speakers.count - 1) / 2
        let order = IndexPermutation(size: UInt64(total), seed: seed)
        let limit = pairs.count + PairSample.nontargetLimit
        for draw in 0..<min(total, PairSample.drawLimit) where pairs.count < limit {
            let (first, second) = PairSample.pair(Int(order[UInt64(draw)]))
            if speakers[first] != speakers[second] { add(first, second) }
        }
    }

    /// Pair `number` of (0, 1), (0, 2), (1, 2), (0, 3), …: the numbers below second · (second − 1) / 2 are of smaller
    /// seconds.
    static func pair(_ number: Int) -> (first: Int, second: Int) {
        var second = Int((1 + (1 + 8 * Double(number)).squareRoot()) / 2)
        // The root may round over a whole number.
        while second * (second - 1) / 2 > number { second -= 1 }
        while (second + 1) * second / 2 <= number { second += 1 }
        return (number - second * (second - 1) / 2, second)
    }
}

extension [Int] {
    /// The first place of a sorted array from which on `isAfter` holds; the count where it nowhere does.
    fileprivate func partitioningIndex(where isAfter: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
