import Corpus
import Testing

@testable import Stages

@Suite("Verification trials")
struct TrialPlanTests {
    private func parameters(
        _ kind: TrialParameters.Kind, count: TrialParameters.Count = .all,
        positives: PairRules.Positives = .any, negatives: PairRules.Negatives = .any,
        target: PositiveShare? = nil
    ) -> TrialParameters {
        TrialParameters(
            kind: kind, positives: positives, negatives: negatives,
            target: target ?? (kind == .all ? nil : .half), count: count, seed: 1, sides: [.test])
    }

    private func trials(_ plan: TrialPlan) -> [Pair] { (0..<plan.count).map { plan[$0] } }

    @Test("all is every pair of utterances that the rules allow, each once, with its right label")
    func every() throws {
        for number in 0..<UInt64(100) {
            let fixture = PairFixture(number: number)
            for rules in PairRules.combinations where rules.balance == .none {
                let same = fixture.allPairs(same: true, rules)
                let different = fixture.allPairs(same: false, rules)
                let asked = parameters(.all, positives: rules.positives, negatives: rules.negatives)
                guard !same.isEmpty || !different.isEmpty else {
                    #expect(throws: PairError.self) {
                        try TrialPlan(rows: fixture.rows, parameters: asked, seed: number)
                    }
                    continue
                }
                let plan = try TrialPlan(rows: fixture.rows, parameters: asked, seed: number)
                let found = trials(plan)
                #expect(plan.count == same.count + different.count)
                #expect(plan.targetsAvailable == same.count && plan.nontargetsAvailable == different.count)
                #expect(Set(found.filter(\.isSame).map { [$0.a, $0.b].sorted() }) == same)
                #expect(Set(found.filter { !$0.isSame }.map { [$0.a, $0.b].sorted() }) == different)
            }
        }
    }

    @Test("a count takes the first of all, a random sample: targets come in proportion, orders are fair")
    func sample() throws {
        // 60 utterances of 6 speakers: 270 targets among 1 770 pairs.
        let rows = PairFixture(sizes: [10, 10, 10, 10, 10, 10]).rows
        let whole = trials(try TrialPlan(rows: rows, parameters: parameters(.all), seed: 5))
        let some = try TrialPlan(rows: rows, parameters: parameters(.all, count: .total(590)), seed: 5)
        #expect(trials(some) == Array(whole.prefix(590)))
        // Expected 90 with a deviation of 7.1 (hypergeometric), and 885 with 21.
        #expect(abs(trials(some).count(where: \.isSame) - 90) < 30)
        #expect(abs(whole.count { $0.a < $0.b } - 885) < 85)
    }

    @Test(
        "balanced trials hold exactly their share of targets, and all of them are as many as the scarcer kind allows"
    )
    func balanced() throws {
        let fixture = PairFixture(sizes: [3, 4, 2, 5])
        let rules = PairRules()
        let plan = try TrialPlan(rows: fixture.rows, parameters: parameters(.balanced), seed: 3)
        let targets = fixture.allPairs(same: true, rules).count
        #expect(plan.count == 2 * targets && trials(plan).count(where: \.isSame) == targets)
        let tenth = PositiveShare(numerator: 1, denominator: 10)
        let few = try TrialPlan(
            rows: fixture.rows, parameters: parameters(.balanced, count: .total(50), target: tenth), seed: 3)
        #expect(trials(few).count(where: \.isSame) == 5)
        #expect(Set(trials(few).map { [$0.a, $0.b].sorted() }).count == 50)
    }

    @Test("hard trials are of one sex, and their targets of two sessions")
    func hard() throws {
        let fixture = PairFixture(sizes: [6, 6, 6, 6, 6], sessionCount: 3)
        let plan = try TrialPlan(
            rows: fixture.rows,
            parameters: parameters(.hard, positives: .different, negatives: .sameSex), seed: 9)
        for trial in trials(plan) {
            let (a, b) = (Int(trial.a), Int(trial.b))
            let sexes = [a, b].map { fixture.sexOfSpeaker[Int(fixture.speakers[$0])] }
            #expect(trial.isSame == (fixture.speakers[a] == fixture.speakers[b]))
            #expect(trial.isSame ? fixture.sessions[a] != fixture.sessions[b] : sexes[0] == sexes[1])
        }
        #expect(plan.count == 120)
    }

    @Test("ranges filled in any cut equal the single trials, and another seed gives another order")
    func ranges() throws {
        let rows = PairFixture(sizes: [8, 9, 10]).rows
        for kind in TrialParameters.Kind.allCases {
            let plan = try TrialPlan(rows: rows, parameters: parameters(kind, count: .total(100)), seed: 2)
            var found: [Pair] = []
            for range in [0..<1, 1..<60, 60..<60, 60..<100] {
                var a = [UInt32](repeating: 0, count: range.count)
                var (b, label) = (a, [UInt8](repeating: 9, count: range.count))
                do {
                    var aSpan = a.mutableSpan
                    var bSpan = b.mutableSpan
                    var labelSpan = label.mutableSpan
                    plan.fill(range: range, a: &aSpan, b: &bSpan, label: &labelSpan)
                }
                found += range.indices.map { index in
                    let place = index - range.lowerBound
                    return Pair(a: a[place], b: b[place], isSame: label[place] == 1)
                }
            }
            #expect(found == trials(plan))
            let other = try TrialPlan(rows: rows, parameters: parameters(kind, count: .total(100)), seed: 3)
            #expect(zip(found, trials(other)).count { $0 == $1 } < 20)
        }
    }

    @Test("fixed trials never change")
    func pinned() throws {
        let rows = PairFixture(sizes: [4, 7, 1, 5, 9, 3]).rows
        let found = try TrialParameters.Kind.allCases.map { kind -> [[UInt32]] in
            let plan = try TrialPlan(rows: rows, parameters: parameters(kind, count: .total(4)), seed: 2026)
            return trials(plan).map { [$0.a, $0.b, $0.isSame ? 1 : 0] }
        }
        // What is drawn are pairs, and so those that PairPlan pins for this seed.
        let drawn: [[UInt32]] = [[20, 17, 1], [17, 28, 0], [13, 15, 1], [26, 13, 0]]
        let expected: [[[UInt32]]] = [
            [[6, 23, 0], [6, 25, 0], [27, 6, 0], [3, 6, 0]], drawn, drawn,
        ]
        #expect(found == expected)
    }

    @Test("what cannot be is refused with the counts")
    func impossible() throws {
        let rows = PairFixture(sizes: [2, 2]).rows
        let tooMany = #expect(throws: PairError.self) {
            try TrialPlan(rows: rows, parameters: parameters(.all, count: .total(7)), seed: 0)
        }
        #expect(tooMany?.reason == .tooFewTrials && tooMany?.asked == 7 && tooMany?.available == 6)
        #expect(
            tooMany?.description
                == "7 trials are asked for, but 4 utterances of 2 speakers form 6 only under these rules: lower the "
                + "count to 6 at most, or add recordings.")
        let single = PairFixture(sizes: [1]).rows
        #expect(throws: PairError.self) {
            try TrialPlan(rows: single, parameters: parameters(.all), seed: 0)
        }
        let none = #expect(throws: PairError.self) {
            try TrialPlan(rows: PairFixture(sizes: [2]).rows, parameters: parameters(.balanced), seed: 0)
        }
        #expect(
            none?.description.hasPrefix("2 utterances of 1 speakers form 1 target and 0 nontarget trials")
                == true)
        let targets = #expect(throws: PairError.self) {
            try TrialPlan(rows: rows, parameters: parameters(.balanced, count: .total(6)), seed: 0)
        }
        #expect(targets?.reason == .tooFewSamePairs)
    }

    @Test("more trials than a hundred million are made only when a count says so")
    func bound() throws {
        // 14 143 utterances form 100 005 153 pairs, one fewer 99 991 011.
        let large = PairFixture(sizes: [7_000, 7_143]).rows
        let error = #expect(throws: PairError.self) {
            try TrialPlan(rows: large, parameters: parameters(.all), seed: 0)
        }
        #expect(error?.reason == .tooManyTrials && error?.available == 100_005_153)
        let below = PairFixture(sizes: [7_000, 7_142]).rows
        #expect(try TrialPlan(rows: below, parameters: parameters(.all), seed: 0).count == 99_991_011)
        let asked = parameters(.all, count: .total(100_000_001))
        #expect(try TrialPlan(rows: large, parameters: asked, seed: 0).count == 100_000_001)
    }
}
