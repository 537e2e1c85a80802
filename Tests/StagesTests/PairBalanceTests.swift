import Corpus
import Testing

@testable import Stages

struct PairBalanceTests {
    /// How often each speaker stands in the same or different pairs 0..<count, after each of them.
    private func exposures(_ fixture: PairFixture, _ plan: PairPlan, _ visit: (Int, [Int]) -> Void) {
        let rowOfNumber = fixture.rowOfNumber
        var exposure = [Int](repeating: 0, count: fixture.sexOfSpeaker.count)
        for k in 0..<plan.count {
            let pair = plan[k]
            let speakers = Set([pair.a, pair.b].compactMap { rowOfNumber[$0].map { fixture.speakers[$0] } })
            for speaker in speakers { exposure[Int(speaker)] += 1 }
            visit(k + 1, exposure)
        }
    }

    private func pairs(_ fixture: PairFixture, _ speaker: Int, _ rules: PairRules) -> Int {
        let rows = fixture.speakers.indices.filter { fixture.speakers[$0] == speaker }
        return rows.reduce(0) { sum, a in
            sum + rows.count { $0 > a && fixture.mayBePositive(a, $0, rules) }
        }
    }

    @Test("same pairs by speaker: after any number of them, all that are not used up differ by one at most")
    func sameInRounds() throws {
        for positives in PairRules.Positives.allCases {
            for number in 0..<UInt64(80) {
                let fixture = PairFixture(number: number)
                let rules = PairRules(positives: positives, balance: .speaker, positiveShare: .all)
                let capacity = fixture.sexOfSpeaker.indices.map { pairs(fixture, $0, rules) }
                let count = capacity.reduce(0, +)
                let plan = try PairPlan(rows: fixture.rows, rules: rules, count: count, seed: number)
                exposures(fixture, plan) { _, exposure in
                    let most = exposure.max() ?? 0
                    for (speaker, times) in exposure.enumerated() {
                        #expect(times >= min(most - 1, capacity[speaker]))
                    }
                }
            }
        }
    }

    @Test("different pairs by speaker: in the rounds, speakers of a stratum in play differ by two at most")
    func differentInRounds() throws {
        for negatives in PairRules.Negatives.allCases {
            for number in 0..<UInt64(80) {
                let fixture = PairFixture(number: number)
                let rules = PairRules(negatives: negatives, balance: .speaker, positiveShare: .none)
                let all = try PairPlan(rows: fixture.rows, rules: rules, count: 0, seed: number)
                let count = Int(all.balancedDifferentPairs)
                let plan = try PairPlan(rows: fixture.rows, rules: rules, count: count, seed: number)
                var history: [[Int]] = [[Int](repeating: 0, count: fixture.sexOfSpeaker.count)]
                exposures(fixture, plan) { history.append($1) }
                for exposure in history { expectLevel(exposure, last: history[count], fixture, negatives) }
            }
        }
    }

    /// Speakers that still come later are in play; within a stratum they are level within two. (Within one
    /// where nobody sits out: see the test of equal sizes.)
    private func expectLevel(
        _ exposure: [Int], last: [Int], _ fixture: PairFixture, _ negatives: PairRules.Negatives
    ) {
        let inPlay = exposure.indices.filter { exposure[$0] < last[$0] }
        for sex in negatives == .any ? [nil] : [Sex.female, .male] {
            let times = inPlay.filter { sex == nil || fixture.sexOfSpeaker[$0] == sex }.map { exposure[$0] }
            guard let least = times.min(), let most = times.max() else { continue }
            #expect(most - least <= 2)
        }
    }

    @Test(
        "with equally many rows each, every speaker stands in equally many different pairs up to the very end"
    )
    func equalSizes() throws {
        for speakerCount in [2, 3, 6, 7] {
            let fixture = PairFixture(sizes: .init(repeating: 3, count: speakerCount))
            let rules = PairRules(balance: .speaker, positiveShare: .none)
            let count = 9 * speakerCount * (speakerCount - 1) / 2
            let plan = try PairPlan(rows: fixture.rows, rules: rules, count: count, seed: 4)
            #expect(plan.balancedDifferentPairs == count)
            exposures(fixture, plan) { drawn, exposure in
                let spread = (exposure.max() ?? 0) - (exposure.min() ?? 0)
                #expect(spread <= (speakerCount % 2 == 0 ? 1 : 2), "\(speakerCount) speakers, \(drawn) pairs")
            }
        }
    }

    @Test(
        "no speaker exceeds the quota, in same or in different pairs, and the quota is used as far as it goes"
    )
    func quota() throws {
        for number in 0..<UInt64(60) {
            let fixture = PairFixture(number: number)
            for quota in [1, 2, 5, 1_000] {
                var rules = PairRules(balance: .speaker, maximumPerSpeaker: quota, positiveShare: .all)
                let capacity = fixture.sexOfSpeaker.indices.map { min(pairs(fixture, $0, rules), quota) }
                let same = try PairPlan(
                    rows: fixture.rows, rules: rules, count: capacity.reduce(0, +), seed: number)
                exposures(fixture, same) { #expect($1.allSatisfy { $0 <= quota }, "\($0)") }
                rules.positiveShare = .none
                let none = try PairPlan(rows: fixture.rows, rules: rules, count: 0, seed: number)
                let count = Int(none.differentPairsAvailable)
                let different = try PairPlan(rows: fixture.rows, rules: rules, count: count, seed: number)
                exposures(fixture, different) { #expect($1.allSatisfy { $0 <= quota }, "\($0)") }
                if quota == 1_000 { #expect(count == fixture.allPairs(same: false, rules).count) }
            }
        }
    }

    @Test("without balance each speaker's exposure is as a uniform draw has it: within six deviations")
    func uniformExposure() throws {
        let fixture = PairFixture(sizes: [20, 40, 60, 80, 100, 120], sessionCount: 4)
        let draws = 20_000
        for same in [true, false] {
            let rules = PairRules(positiveShare: same ? .all : .none)
            let expectedPairs = fixture.allPairs(same: same, rules)
            let count = min(draws, expectedPairs.count / 2)
            let plan = try PairPlan(rows: fixture.rows, rules: rules, count: count, seed: 11)
            var last: [Int] = []
            exposures(fixture, plan) { last = $1 }
            for (speaker, times) in last.enumerated() {
                let mine = expectedPairs.count { pair in
                    pair.contains { fixture.speakers[Int($0)] == speaker }
                }
                // Drawing without replacement: the hypergeometric distribution.
                let share = Double(mine) / Double(expectedPairs.count)
                let left = Double(expectedPairs.count - count) / Double(expectedPairs.count - 1)
                let deviation = (Double(count) * share * (1 - share) * left).squareRoot()
                #expect(abs(Double(times) - Double(count) * share) < 6 * deviation, "speaker \(speaker)")
            }
        }
    }

    @Test(
        "by speaker, the rows of a speaker and its partners are evenly used: chi-square within six deviations"
    )
    func evenRows() throws {
        let fixture = PairFixture(sizes: [Int](repeating: 30, count: 10), sessionCount: 3)
        for same in [true, false] {
            let rules = PairRules(balance: .speaker, positiveShare: same ? .all : .none)
            let count = same ? 2_000 : 20_000
            let plan = try PairPlan(rows: fixture.rows, rules: rules, count: count, seed: 3)
            var uses = [Double](repeating: 0, count: 300)
            for k in 0..<count {
                uses[Int(plan[k].a)] += 1
                uses[Int(plan[k].b)] += 1
            }
            let expected = Double(2 * count) / 300
            let chiSquare = uses.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
            #expect(chiSquare < 299 + 6 * 598.0.squareRoot())
        }
    }
}
