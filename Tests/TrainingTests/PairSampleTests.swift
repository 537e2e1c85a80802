import Testing

@testable import Training

@Suite struct PairSampleTests {
    /// Three speakers with two, three and one examples; the first two of speaker 1 are of one utterance.
    private let speakers: [UInt32] = [0, 0, 1, 1, 1, 2]
    private let utterances: [UInt32] = [0, 1, 2, 2, 3, 4]

    private func keys(_ sample: PairSample) -> [Set<Int>: Bool] {
        Dictionary(
            sample.pairs.map { (Set([$0.first, $0.second]), $0.isTarget) },
            uniquingKeysWith: { one, _ in one })
    }

    @Test("few pairs are all taken but for those of one utterance")
    func whole() {
        let sample = PairSample(speakers: speakers, utterances: utterances)
        #expect(sample.isWhole)
        // 15 pairs, less the one within utterance 2.
        #expect(sample.pairs.count == 14)
        let found = keys(sample)
        #expect(found.count == 14)
        #expect(found[[2, 3]] == nil)
        #expect(Set(found.filter(\.value).keys) == [[0, 1], [2, 4], [3, 4]])
    }

    @Test("a sample that could hold all pairs holds the same ones, in an order by its seed")
    func drawn() {
        let whole = PairSample(speakers: speakers, utterances: utterances)
        let sample = PairSample(speakers: speakers, utterances: utterances, wholeLimit: 0, seed: 1)
        #expect(!sample.isWhole && sample.pairs.count == 14)
        #expect(keys(sample) == keys(whole))
        func order(_ seed: UInt64) -> [[Int]] {
            PairSample(speakers: speakers, utterances: utterances, wholeLimit: 0, seed: seed).pairs
                .map { [$0.first, $0.second] }
        }
        #expect(order(1) == order(1))
        #expect(order(1) != order(2))
    }

    @Test("of many pairs 20 000 are of one speaker and 80 000 of two, none twice, none of one utterance")
    func limited() {
        let speakers: [UInt32] = (0..<700).map { UInt32($0 % 7) }
        let utterances: [UInt32] = (0..<700).map { thing in UInt32(thing / 14 * 7 + thing % 7) }
        let sample = PairSample(speakers: speakers, utterances: utterances)
        #expect(!sample.isWhole)
        #expect(sample.pairs.count { $0.isTarget } == 20_000)
        #expect(sample.pairs.count { !$0.isTarget } == 80_000)
        let keys = sample.pairs.map { min($0.first, $0.second) * 700 + max($0.first, $0.second) }
        #expect(Set(keys).count == 100_000)
        for pair in sample.pairs {
            let isSame = speakers[pair.first] == speakers[pair.second]
            guard pair.first != pair.second, utterances[pair.first] != utterances[pair.second],
                isSame == pair.isTarget
            else {
                Issue.record("\(pair) must not be drawn")
                break
            }
        }
        // Uniform: every example stands in about 2 · 100 000 / 700 = 286 pairs, give or take 17.
        var uses = [Int](repeating: 0, count: 700)
        for pair in sample.pairs {
            uses[pair.first] += 1
            uses[pair.second] += 1
        }
        #expect(uses.allSatisfy { (200...372).contains($0) })
    }

    @Test("pairs are numbered without gaps, and large numbers do not round over an edge")
    func numbers() {
        var expected: [[Int]] = []
        for second in 1..<50 { expected += (0..<second).map { [$0, second] } }
        for (number, pair) in expected.enumerated() {
            let found = PairSample.pair(number)
            #expect([found.first, found.second] == pair)
        }
        for second in [94_906_266, 100_000_001, 2_000_000_000] {
            let edge = second * (second - 1) / 2
            #expect(PairSample.pair(edge) == (0, second))
            #expect(PairSample.pair(edge - 1) == (second - 2, second - 1))
        }
    }

    @Test("one speaker gives no pair of two, and one example no pair at all")
    func few() {
        let alone = PairSample(speakers: [3, 3, 3], utterances: [0, 1, 2], wholeLimit: 0)
        #expect(alone.pairs.count == 3 && alone.pairs.allSatisfy(\.isTarget))
        #expect(PairSample(speakers: [1], utterances: [0]).pairs.isEmpty)
        #expect(PairSample(speakers: [], utterances: []).pairs.isEmpty)
    }
}
