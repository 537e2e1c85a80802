import Corpus
import Testing

@testable import Stages

struct PairErrorTests {
    /// Speakers with 4, 1, 3 and 1 rows, in two sessions where there are two rows: 9 same pairs, 6 across
    /// sessions, 27 different pairs, of which 4·3 + 1·1 = 13 of one sex.
    private let rows = PairFixture(sizes: [4, 1, 3, 1]).rows

    private func refusal(_ rules: PairRules, count: Int) -> PairError? {
        do {
            _ = try PairPlan(rows: rows, rules: rules, count: count, seed: 1)
            return nil
        } catch { return error }
    }

    @Test("too many same pairs are refused with what was asked, what exists and what would do")
    func tooManySame() throws {
        let error = try #require(refusal(PairRules(), count: 20))
        #expect(error.reason == .tooFewSamePairs && error.asked == 10 && error.available == 9)
        #expect(
            error.description == """
                10 same pairs are asked for, but only 9 exist (2 of 4 speakers have any): lower the count of \
                pairs to 18 at most, or add recordings.
                """)
        #expect(refusal(PairRules(), count: 18) == nil)
    }

    @Test("the rule about sessions counts, and is named as something to loosen")
    func sessions() throws {
        let error = try #require(refusal(PairRules(positives: .different), count: 20))
        #expect(error.asked == 10 && error.available == 6)
        #expect(error.description.contains("only 6 from different sessions exist"))
        #expect(error.description.contains("allow pairs within a session"))
    }

    @Test("too many different pairs are refused with the counts, of both sexes or of one")
    func tooManyDifferent() throws {
        let any = try #require(refusal(PairRules(positiveShare: .none), count: 40))
        #expect(any.reason == .tooFewDifferentPairs && any.asked == 40 && any.available == 27)
        let sameSex = try #require(refusal(PairRules(negatives: .sameSex, positiveShare: .none), count: 14))
        #expect(sameSex.asked == 14 && sameSex.available == 13)
        #expect(sameSex.description.contains("of speakers of the same known sex"))
        #expect(refusal(PairRules(negatives: .sameSex, positiveShare: .none), count: 13) == nil)
    }

    @Test("a quota counts, and is named as something to raise")
    func quota() throws {
        let rules = PairRules(balance: .speaker, maximumPerSpeaker: 2, positiveShare: .all)
        let error = try #require(refusal(rules, count: 5))
        #expect(error.available == 4)
        #expect(error.description.contains("with at most 2 per speaker"))
        #expect(error.description.contains("raise the maximum per speaker"))
    }

    @Test("no rows and one speaker give zero pairs and a clear refusal")
    func empty() throws {
        let none = PairFixture(sizes: []).rows
        for rules in PairRules.combinations {
            #expect(try PairPlan(rows: none, rules: rules, count: 0, seed: 1).largestCount == 0)
            #expect(throws: PairError.self) { try PairPlan(rows: none, rules: rules, count: 1, seed: 1) }
            #expect(throws: PairError.self) {
                try TripletPlan(rows: none, rules: rules, count: .total(1), seed: 1)
            }
        }
        let one = PairFixture(sizes: [5]).rows
        #expect(try PairPlan(rows: one, rules: PairRules(), count: 0, seed: 1).differentPairsAvailable == 0)
    }

    @Test("impossible rules are refused by name")
    func impossibleRules() throws {
        let half = PositiveShare(numerator: 3, denominator: 2)
        let impossible = [
            PairRules(positiveShare: half), PairRules(positiveShare: .init(numerator: 0, denominator: 0)),
            PairRules(labelOfSame: 2), PairRules(maximumPerSpeaker: 3),
            PairRules(balance: .speaker, maximumPerSpeaker: 0),
        ]
        for rules in impossible { #expect(refusal(rules, count: 1)?.reason == .impossibleRule) }
        #expect(refusal(PairRules(), count: -1)?.reason == .impossibleRule)
    }
}
