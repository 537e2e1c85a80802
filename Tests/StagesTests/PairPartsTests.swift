import Corpus
import Testing

@testable import Stages

struct PairPartsTests {
    @Test("prefix sums find the amount of every place, with empty amounts between")
    func prefixSums() {
        let random = KeyedRandom(seed: 8, domain: "test")
        for number in 0..<UInt64(100) {
            let spread: UInt64 = number % 2 == 0 ? 4 : 50
            let amounts = (0..<1 + random.below(30, number)).map { random.below(spread, number, $0) }
            let sums = PrefixSums(amounts)
            let expected = amounts.enumerated().flatMap { [Int](repeating: $0, count: Int($1)) }
            #expect((0..<sums.total).map { sums.index(of: $0) } == expected)
        }
    }

    @Test("water filling draws each round from all that have capacity, with and without one of them")
    func waterFilling() {
        let filling = WaterFilling([(0, 3), (1, 0), (2, 1), (3, 3), (4, 7)])
        #expect(filling.total == 14 && filling.members == [2, 0, 3, 4])
        for absent in [nil, 0, 1, 2, 3] {
            let capacity = filling.capacities.enumerated().map { $0 == absent ? 0 : $1 }
            var index: UInt64 = 0
            for round in 0..<UInt64(7) {
                let open = capacity.indices.filter { capacity[$0] > round }
                for slot in open.indices {
                    let draw = absent.map { filling.draw(index, without: $0) } ?? filling.draw(index)
                    #expect(draw.round == round && draw.slot == UInt64(slot))
                    #expect(draw.open == UInt64(open.count))
                    #expect((draw.first..<4).filter { $0 != absent } == open)
                    index += 1
                }
            }
        }
    }

    @Test("a tournament has every two players meet once, and nobody twice in a round")
    func roundRobin() {
        for players in 2...15 {
            let play = RoundRobin(playerCount: players, key: 5)
            for tournament: UInt64 in [0, 1] {
                var met: Set<[Int]> = []
                for round in 0..<play.roundCount {
                    let matches = (0..<play.matchCount).map {
                        play.players(tournament: tournament, round: round, match: $0)
                    }
                    #expect(Set(matches.flatMap { [$0.0, $0.1] }).count == 2 * matches.count)
                    for match in matches { met.insert([match.0, match.1].sorted()) }
                }
                #expect(met.count == players * (players - 1) / 2)
                #expect(play.roundCount * play.matchCount == UInt64(met.count))
            }
        }
    }

    @Test("a golden step shares no divisor with the count")
    func goldenSteps() {
        for count in 1...500 {
            let step = Int(NegativeDraws.goldenStep(count))
            #expect(Set((0..<count).map { $0 * step % count }).count == count)
        }
    }

    @Test("rows come in one order however they were listed, and row numbers are kept")
    func rowOrder() {
        let sexes: [Sex] = [.male, .unknown, .female]
        let rows = PairRows(
            speakers: [0, 2, 1, 0, 2, 0], sessions: [7, 3, 5, 6, 3, 7], sexOfSpeaker: sexes,
            rowNumbers: [10, 11, 12, 13, 14, 15])
        #expect(rows.rowNumbers == [11, 14, 13, 10, 15, 12])
        #expect(rows.groupStarts == [0, 2, 5, 6] && rows.groupBlocks == [0, 1, 3, 4])
        #expect(rows.blockStarts == [0, 2, 3, 5, 6])
        #expect(rows.strata == [0..<1, 1..<2, 2..<3])
        #expect(rows.block(of: 2, group: 1) == 1 && rows.block(of: 4, group: 1) == 2)
        #expect(rows.count == 6 && rows.speakerCount == 3)
    }
}
