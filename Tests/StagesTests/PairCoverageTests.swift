import Corpus
import Testing

@testable import Stages

@Suite("pairs balanced by example")
struct PairCoverageTests {
    private static let rules: [PairRules] = PairRules.Positives.allCases.flatMap { positives in
        PairRules.Negatives.allCases.map {
            PairRules(positives: positives, negatives: $0, balance: .example)
        }
    }

    private func plan(
        _ fixture: PairFixture, _ rules: PairRules, _ share: PositiveShare, _ count: Int? = nil,
        seed: UInt64 = 1
    ) throws -> PairPlan {
        var rules = rules
        rules.positiveShare = share
        let most = try PairPlan(rows: fixture.rows, rules: rules, count: 0, seed: seed).largestCount
        return try PairPlan(rows: fixture.rows, rules: rules, count: count ?? Int(most), seed: seed)
    }

    @Test("all of them are valid, none comes twice, and a longer plan goes on where a shorter one ends")
    func valid() throws {
        for rules in Self.rules {
            for number in 0..<UInt64(150) {
                let fixture = PairFixture(number: number)
                for same in [true, false] {
                    let plan = try plan(fixture, rules, same ? .all : .none, seed: number)
                    let allowed = fixture.allPairs(same: same, rules)
                    let pairs = (0..<plan.count).map { [plan[$0].a, plan[$0].b].sorted() }
                    #expect(
                        Set(pairs).count == pairs.count && Set(pairs).isSubset(of: allowed),
                        "\(rules) \(number)")
                    let shorter = try self.plan(
                        fixture, rules, same ? .all : .none, plan.count / 2, seed: number)
                    #expect((0..<shorter.count).allSatisfy { shorter[$0] == plan[$0] })
                }
            }
        }
    }

    @Test("where any session will do, every same pair there is comes")
    func everySamePair() throws {
        for number in 0..<UInt64(150) {
            let fixture = PairFixture(number: number)
            let rules = PairRules(balance: .example)
            let plan = try plan(fixture, rules, .all, seed: number)
            #expect(plan.count == fixture.allPairs(same: true, rules).count)
        }
    }

    @Test("every example stands in exactly two pairs before any stands in three, of either kind")
    func even() throws {
        // Odd sizes, so that no circle ends in a visit of half as many; no speaker has half of all rows.
        let fixture = PairFixture(sizes: [5, 7, 9, 5, 11, 7, 5, 9, 3, 7], sessionCount: 3)
        let count = fixture.speakers.count
        for rules in Self.rules where rules.positives == .any {
            for same in [true, false] {
                let plan = try plan(fixture, rules, same ? .all : .none)
                var exposure = [Int](repeating: 0, count: count)
                for k in 0..<min(plan.count, count) {
                    exposure[Int(plan[k].a)] += 1
                    exposure[Int(plan[k].b)] += 1
                }
                #expect(exposure.allSatisfy { $0 == 2 }, "\(rules)")
            }
        }
    }

    @Test("of very many rows every one is used, however uneven the speakers")
    func coverage() throws {
        let fixture = PairFixture(sizes: (0..<40).map { 10 + 37 * $0 % 400 }, sessionCount: 5)
        let count = fixture.speakers.count
        let rules = PairRules(balance: .example)
        let plan = try plan(fixture, rules, .half, 2 * count)
        var exposure = [Int](repeating: 0, count: count)
        for k in 0..<plan.count {
            exposure[Int(plan[k].a)] += 1
            exposure[Int(plan[k].b)] += 1
        }
        #expect(exposure.min() == 4 && exposure.max() == 4)
    }

    @Test("what cannot be is one sentence")
    func errors() throws {
        // One speaker has more than half of all rows: no circle keeps its rows apart.
        let fixture = PairFixture(sizes: [20, 3, 4])
        let error = #expect(throws: PairError.self) {
            try self.plan(fixture, PairRules(balance: .example), .none, 10)
        }
        #expect(error?.description.contains("drop balance by example") == true)
        #expect(throws: PairError.self) { try PairRules(kind: .triplets, balance: .example).checked() }
    }
}
