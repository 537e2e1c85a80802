import Corpus
import Testing

@testable import Stages

struct PairPlanTests {
    private func plan(
        _ fixture: PairFixture, _ rules: PairRules, _ share: PositiveShare, count: Int, seed: UInt64 = 1
    ) throws -> PairPlan {
        var rules = rules
        rules.positiveShare = share
        return try PairPlan(rows: fixture.rows, rules: rules, count: count, seed: seed)
    }

    @Test("asked for the whole space, every valid pair comes exactly once, under every rule")
    func wholeSpace() throws {
        for rules in PairRules.combinations {
            for number in 0..<UInt64(150) {
                let fixture = PairFixture(number: number)
                for same in [true, false] {
                    let expected = fixture.allPairs(same: same, rules)
                    let share: PositiveShare = same ? .all : .none
                    let plan = try plan(fixture, rules, share, count: expected.count, seed: number)
                    #expect((same ? plan.samePairsAvailable : plan.differentPairsAvailable) == expected.count)
                    let pairs = (0..<plan.count).map { plan[$0] }
                    #expect(Set(pairs.map { [$0.a, $0.b].sorted() }) == expected, "\(rules) \(number)")
                    #expect(pairs.allSatisfy { $0.isSame == same })
                }
            }
        }
    }

    @Test("half same and half different: no pair twice, none with itself, every label right")
    func mixed() throws {
        for rules in PairRules.combinations {
            for number in 0..<UInt64(60) {
                let fixture = PairFixture(number: number)
                let largest = try plan(fixture, rules, .half, count: 0).largestCount
                let plan = try plan(fixture, rules, .half, count: Int(largest), seed: number)
                let rowOfNumber = fixture.rowOfNumber
                var seen: Set<[UInt32]> = []
                for k in 0..<plan.count {
                    let pair = plan[k]
                    let (a, b) = (try #require(rowOfNumber[pair.a]), try #require(rowOfNumber[pair.b]))
                    #expect(pair.isSame == (k % 2 == 0))
                    #expect(
                        pair.isSame ? fixture.mayBePositive(a, b, rules) : fixture.mayBeNegative(a, b, rules))
                    #expect(seen.insert([pair.a, pair.b].sorted()).inserted)
                }
            }
        }
    }

    @Test("fixed plans never change")
    func pinned() throws {
        let fixture = PairFixture(sizes: [4, 7, 1, 5, 9, 3])
        let firstPairs = try PairRules.combinations.map { rules in
            let plan = try plan(fixture, rules, .half, count: 8, seed: 2026)
            return (0..<4).flatMap { [plan[$0].a, plan[$0].b] }
        }
        let expected: [[UInt32]] = [
            [20, 17, 17, 28, 13, 15, 26, 13], [19, 24, 2, 11, 2, 1, 26, 7], [20, 17, 0, 17, 13, 15, 24, 1],
            [19, 24, 1, 20, 2, 1, 14, 4], [10, 7, 17, 28, 6, 9, 26, 13], [17, 22, 2, 11, 2, 1, 26, 7],
            [10, 7, 0, 17, 6, 9, 24, 1], [17, 22, 1, 20, 2, 1, 14, 4],
        ]
        #expect(firstPairs == expected)
    }

    @Test("another seed gives other pairs")
    func seeds() throws {
        let fixture = PairFixture(sizes: [10, 10, 10, 10])
        for rules in PairRules.combinations {
            let one = try plan(fixture, rules, .half, count: 100, seed: 1)
            let other = try plan(fixture, rules, .half, count: 100, seed: 2)
            #expect((0..<100).count { one[$0] == other[$0] } < 20)
        }
    }

    @Test(
        "filled ranges, in parallel and in any cut, equal the single pairs; a longer plan continues a shorter"
    )
    func rangesAndGrowth() async throws {
        let fixture = PairFixture(sizes: [40, 31, 2, 1, 25, 60], sessionCount: 3)
        for rules in PairRules.combinations {
            var rules = rules
            rules.labelOfSame = 0
            let plan = try plan(fixture, rules, .half, count: 600)
            let shorter = try self.plan(fixture, rules, .half, count: 77)
            let single = (0..<600).map { plan[$0] }
            #expect((0..<77).map { shorter[$0] } == Array(single.prefix(77)))
            let ranges = [400..<600, 0..<1, 1..<150, 150..<150, 150..<400]
            let filled = await withTaskGroup(of: (Int, [Pair]).self) { group in
                for range in ranges { group.addTask { (range.lowerBound, self.filled(plan, range)) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(filled.sorted { ($0.0, $0.1.count) < ($1.0, $1.1.count) }.flatMap(\.1) == single)
        }
    }

    private func filled(_ plan: PairPlan, _ range: Range<Int>) -> [Pair] {
        var a = [UInt32](repeating: 0, count: range.count)
        var (b, label) = (a, [UInt8](repeating: 9, count: range.count))
        do {
            var aSpan = a.mutableSpan
            var bSpan = b.mutableSpan
            var labelSpan = label.mutableSpan
            plan.fill(range: range, a: &aSpan, b: &bSpan, label: &labelSpan)
        }
        return range.indices.map { index in
            let place = index - range.lowerBound
            return Pair(a: a[place], b: b[place], isSame: label[place] == plan.rules.labelOfSame)
        }
    }

    @Test("either label convention is kept")
    func labels() throws {
        let fixture = PairFixture(sizes: [3, 3])
        for label: UInt8 in [0, 1] {
            let plan = try PairPlan(
                rows: fixture.rows, rules: PairRules(labelOfSame: label), count: 4, seed: 1)
            #expect(plan.label(isSame: true) == label && plan.label(isSame: false) == 1 - label)
        }
    }

    @Test(
        "every prefix holds exactly its share of same pairs, rounded up",
        arguments: [(1, 2), (1, 3), (2, 3), (3, 7), (1, 1), (0, 1), (999_999, 1_000_000)])
    func exactShares(numerator: Int, denominator: Int) throws {
        let share = PositiveShare(numerator: numerator, denominator: denominator)
        let plan = try plan(PairFixture(sizes: [30, 30, 30]), PairRules(), share, count: 500)
        var same = 0
        for k in 0..<500 {
            if plan[k].isSame { same += 1 }
            #expect(same == ((k + 1) * numerator + denominator - 1) / denominator)
        }
        #expect(plan.samePairCount == same)
    }

    @Test("the largest count is the largest that is not refused")
    func largestCount() throws {
        let fixture = PairFixture(sizes: [3, 5, 2, 1])
        for share in [(1, 2), (1, 3), (2, 3), (5, 7), (1, 1), (0, 1)] {
            let share = PositiveShare(numerator: share.0, denominator: share.1)
            let largest = Int(try plan(fixture, PairRules(), share, count: 0).largestCount)
            #expect(try plan(fixture, PairRules(), share, count: largest).count == largest)
            #expect(throws: PairError.self) { try plan(fixture, PairRules(), share, count: largest + 1) }
        }
    }

    @Test("which of the two rows comes first is a fair coin")
    func orientation() throws {
        let fixture = PairFixture(sizes: [50, 50, 50, 50])
        for rules in PairRules.combinations {
            let plan = try plan(fixture, rules, .half, count: 2_000)
            let ascending = (0..<2_000).count { plan[$0].a < plan[$0].b }
            // 1 000 is expected, with a deviation of 22.4.
            #expect(abs(ascending - 1_000) < 135, "\(rules): \(ascending)")
        }
    }
}
