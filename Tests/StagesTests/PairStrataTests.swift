import ContentStore
import Corpus
import Testing

@testable import Stages

@Suite("pairs in strata of durations")
struct PairStrataTests {
    /// Rows of two strata: even and odd row numbers.
    private func strata(_ fixture: PairFixture) -> [PairRows] {
        (0..<2).map { stratum in
            let rows = fixture.speakers.indices.filter { $0 % 2 == stratum }
            return PairRows(
                speakers: rows.map { fixture.speakers[$0] }, sessions: rows.map { fixture.sessions[$0] },
                sexOfSpeaker: fixture.sexOfSpeaker, rowNumbers: rows.map { UInt32($0) })
        }
    }

    private func columns(_ tensors: [Tensor]) -> [[UInt32]] {
        tensors.map { tensor in
            switch tensor.elements {
            case .uint32(let values): values
            case .uint8(let values): values.map { UInt32($0) }
            default: []
            }
        }
    }

    @Test(
        "both examples are of one stratum, none comes twice, and strata have their share",
        arguments: [0, 1, 3])
    func pairs(epoch: Int) throws {
        let fixture = PairFixture(sizes: [10, 14, 9, 12])
        var parameters = PairParameters(rules: PairRules(), count: .total(40), seed: 3, sides: [.train])
        parameters.epoch = epoch
        let drawn = try StratifiedPairs(strata(fixture), parameters, seed: 5)
        #expect(drawn.count == 40)
        let all = columns(drawn.columns(0..<40))
        var seen: Set<[UInt32]> = []
        for k in 0..<40 {
            #expect(all[0][k] % 2 == all[1][k] % 2)
            #expect(seen.insert([all[0][k], all[1][k]].sorted()).inserted)
            let isSame = fixture.speakers[Int(all[0][k])] == fixture.speakers[Int(all[1][k])]
            #expect(all[2][k] == (isSame ? 1 : 0))
        }
        // 23 of 45 rows are even: 20.4 pairs of 40, the last to the larger stratum. The share is exact in each.
        #expect(all[0].count { $0 % 2 == 0 } == 21)
        #expect((19...21).contains(all[2].reduce(0, +)))
        // Any part of the epoch is the same wherever it is asked for.
        let part = columns(drawn.columns(10..<20))
        #expect(part == all.map { Array($0[10..<20]) })
    }

    @Test("epochs share no pair")
    func epochs() throws {
        let fixture = PairFixture(sizes: [10, 14, 9, 12])
        var seen: Set<[UInt32]> = []
        for epoch in 0..<3 {
            var parameters = PairParameters(rules: PairRules(), count: .total(40), seed: 3, sides: [.train])
            parameters.epoch = epoch
            let all = columns(try StratifiedPairs(strata(fixture), parameters, seed: 5).columns(0..<40))
            for k in 0..<40 { #expect(seen.insert([all[0][k], all[1][k]].sorted()).inserted) }
        }
    }

    @Test(
        "triplets too; a stratum that has none is passed over; where all have none, or too few, one sentence says so"
    )
    func triplets() throws {
        let fixture = PairFixture(sizes: [10, 14, 9, 12])
        let rules = PairRules(kind: .triplets)
        let parameters = PairParameters(rules: rules, count: .each(1), seed: 3, sides: [.train])
        let drawn = try StratifiedPairs(strata(fixture), parameters, seed: 5)
        let all = columns(drawn.columns(0..<drawn.count))
        #expect(drawn.count == 45 && Set(all[0]).count == 45)
        for k in 0..<45 { #expect(all[0][k] % 2 == all[1][k] % 2 && all[0][k] % 2 == all[2][k] % 2) }
        let empty = PairRows(speakers: [], sessions: [], sexOfSpeaker: fixture.sexOfSpeaker)
        let partly = try StratifiedPairs([empty, strata(fixture)[0]], parameters, seed: 5)
        #expect(partly.count == 23)
        let none = #expect(throws: PairError.self) { try StratifiedPairs([empty], parameters, seed: 5) }
        #expect(none?.description.contains("None of the 1 strata") == true)
        let many = PairParameters(rules: PairRules(), count: .total(100_000), seed: 3, sides: [.train])
        let few = #expect(throws: PairError.self) { try StratifiedPairs(strata(fixture), many, seed: 5) }
        #expect(
            few?.description.hasPrefix("100000 are asked for, but the strata of pairs.durations have ")
                == true)
    }

    @Test("in a build, pairs join utterances that last alike, at any number of workers")
    func build() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 2, utterances: 4)
        // One example of each utterance, which last from 1.3 to 2 s.
        let settings = ["pairs.durations=[1600ms, 1800ms]", "frame.group=64", "frame.per-utterance=1"]
        let one = try await corpus.build(set: settings, jobs: 1, in: "one")
        let four = try await corpus.build(set: settings, jobs: 4, in: "four")
        #expect(one.dataset == four.dataset && one.pairs == 20)
        let result = try corpus.result("one")
        let durations = try result.utterances().map { $0.sampleCount * 1000 / $0.sampleRate }
        let file = try #require(try result.open("pairs", "train/00000"))
        let (a, b) = (try file.unsigned("a"), try file.unsigned("b"))
        func stratum(_ row: UInt32) -> Int { [1600, 1800].count { $0 <= durations[Int(row)] } }
        #expect(a.count == 20)
        for k in a.indices { #expect(stratum(a[k]) == stratum(b[k])) }
        #expect(Set(a.map(stratum)).count > 1)
        let plain = try await corpus.build(set: Array(settings.dropFirst()), in: "plain")
        #expect(plain.dataset != one.dataset)
    }
}
