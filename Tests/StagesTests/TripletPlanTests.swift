import Corpus
import Testing

@testable import Stages

struct TripletPlanTests {
    private func plan(
        _ fixture: PairFixture, _ rules: PairRules, _ count: TripletCount, seed: UInt64 = 1
    ) throws -> TripletPlan {
        try TripletPlan(rows: fixture.rows, rules: rules, count: count, seed: seed)
    }

    private func isValid(_ triplet: Triplet, _ fixture: PairFixture, _ rules: PairRules) throws -> Bool {
        let rowOfNumber = fixture.rowOfNumber
        let anchor = try #require(rowOfNumber[triplet.anchor])
        let positive = try #require(rowOfNumber[triplet.positive])
        let negative = try #require(rowOfNumber[triplet.negative])
        return fixture.mayBePositive(anchor, positive, rules)
            && fixture.mayBeNegative(anchor, negative, rules)
    }

    @Test("as many as are guaranteed: all valid, none twice, and with balance none lacking")
    func wholeSpace() throws {
        for rules in PairRules.combinations {
            for number in 0..<UInt64(60) {
                let fixture = PairFixture(number: number)
                let all = fixture.allTriplets(rules)
                let available = Int(try plan(fixture, rules, .total(0)).tripletsAvailable)
                let plan = try plan(fixture, rules, .total(available), seed: number)
                let triplets = Set((0..<available).map { plan[$0] })
                #expect(triplets.count == available && triplets.isSubset(of: all), "\(rules) \(number)")
                if rules.balance == .speaker && rules.positives == .any {
                    #expect(triplets == all, "\(rules) \(number)")
                }
                #expect(throws: PairError.self) {
                    try self.plan(fixture, rules, .total(available + 1))
                }
            }
        }
    }

    @Test("each epoch has every anchor once, in another order")
    func epochs() throws {
        let fixture = PairFixture(sizes: [12, 1, 9, 30, 1, 2])
        let plan = try plan(fixture, PairRules(), .perAnchor(4))
        #expect(plan.eligibleAnchorCount == 53 && plan.ineligibleAnchorCount == 2)
        #expect(plan.count == 212)
        var orders: Set<[UInt32]> = []
        for epoch in 0..<4 {
            let anchors = (0..<53).map { plan[epoch * 53 + $0].anchor }
            #expect(Set(anchors).count == 53)
            orders.insert(anchors)
        }
        #expect(orders.count == 4)
        for k in 0..<plan.count { #expect(try isValid(plan[k], fixture, PairRules())) }
    }

    @Test("speakers with one row are no anchors, are counted, and serve as negatives")
    func singleRows() throws {
        let fixture = PairFixture(sizes: [Int](repeating: 1, count: 75) + [Int](repeating: 17, count: 12))
        let plan = try plan(fixture, PairRules(), .perAnchor(20))
        #expect(plan.eligibleAnchorCount == 204 && plan.ineligibleAnchorCount == 75)
        let triplets = (0..<plan.count).map { plan[$0] }
        #expect(Set(triplets).count == 204 * 20)
        let singles = triplets.count { $0.negative < 75 }
        // 75 of the 86 other speakers: 3 558 of 4 080, with a deviation of 21.3.
        #expect(abs(singles - 3_558) < 128)
        #expect(Set(triplets.map(\.negative)).isSuperset(of: 0..<75))
    }

    @Test("positive, negative's speaker and negative's row are uniform: chi-square within six deviations")
    func uniform() throws {
        let sizes = [20, 5, 10, 40, 15]
        let fixture = PairFixture(sizes: sizes)
        var counts: [String: [Int: Double]] = [:]
        let seeds = 400
        for seed in 0..<UInt64(seeds) {
            let plan = try plan(fixture, PairRules(), .perAnchor(1), seed: seed)
            for k in 0..<plan.count {
                let triplet = plan[k]
                let negative = Int(fixture.speakers[Int(triplet.negative)])
                counts["positive of \(triplet.anchor)", default: [:]][Int(triplet.positive), default: 0] += 1
                counts["speaker for \(triplet.anchor)", default: [:]][negative, default: 0] += 1
                counts["row of \(negative)", default: [:]][Int(triplet.negative), default: 0] += 1
            }
        }
        for (name, cells) in counts {
            let expected = cells.values.reduce(0, +) / Double(cells.count)
            let chiSquare = cells.values.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
            let freedom = Double(cells.count - 1)
            #expect(chiSquare < freedom + 6 * (2 * freedom).squareRoot(), "\(name)")
        }
        #expect(counts["positive of 0"]?.count == 19 && counts["speaker for 0"]?.count == 4)
    }

    @Test("an anchor meets all speakers before one again, and all rows before one again")
    func spreadOverVisits() throws {
        let fixture = PairFixture(sizes: [6, 6, 6, 6])
        let plan = try plan(fixture, PairRules(), .perAnchor(36))
        var negatives: [UInt32: [UInt32]] = [:]
        for k in 0..<plan.count { negatives[plan[k].anchor, default: []].append(plan[k].negative) }
        for visits in negatives.values {
            #expect(Set(visits.prefix(18)).count == 18 && Set(visits.suffix(18)).count == 18)
            for round in stride(from: 0, to: 36, by: 3) {
                #expect(Set(visits[round..<round + 3].map { fixture.speakers[Int($0)] }).count == 3)
            }
        }
    }

    @Test("by speaker, every speaker is equally often the anchor's, and each of its rows")
    func balanced() throws {
        let fixture = PairFixture(sizes: [2, 7, 30, 1])
        let plan = try plan(fixture, PairRules(balance: .speaker), .total(200))
        var speakers = [0, 0, 0, 0]
        var rows = [Int](repeating: 0, count: 40)
        for k in 0..<200 {
            rows[Int(plan[k].anchor)] += 1
            speakers[Int(fixture.speakers[Int(plan[k].anchor)])] += 1
            #expect((speakers[..<3].max() ?? 0) - (speakers[..<3].min() ?? 0) <= 1)
        }
        #expect(speakers[3] == 0)
        for own in [0..<2, 2..<9, 9..<39] {
            #expect((rows[own].max() ?? 0) - (rows[own].min() ?? 0) <= 1)
        }
        let quota = try self.plan(
            fixture, PairRules(balance: .speaker, maximumPerSpeaker: 10), .total(0))
        #expect(quota.tripletsAvailable == 30)
    }

    @Test("fixed plans never change")
    func pinned() throws {
        let fixture = PairFixture(sizes: [4, 7, 1, 5, 9, 3])
        let first = try PairRules.combinations.map { rules in
            let plan = try plan(fixture, rules, .total(5), seed: 2026)
            return (0..<2).flatMap { [plan[$0].anchor, plan[$0].positive, plan[$0].negative] }
        }
        let expected: [[UInt32]] = [
            [3, 1, 6, 6, 5, 1], [27, 26, 4, 23, 20, 15], [3, 0, 11, 6, 7, 13], [27, 26, 4, 23, 19, 0],
            [3, 2, 6, 6, 7, 1], [27, 26, 4, 23, 22, 15], [3, 0, 11, 6, 9, 13], [27, 26, 4, 23, 18, 0],
        ]
        #expect(first == expected)
    }

    @Test("filled ranges, in parallel and in any cut, equal the single triplets; a longer plan continues")
    func rangesAndGrowth() async throws {
        let fixture = PairFixture(sizes: [40, 31, 2, 1, 25, 60], sessionCount: 3)
        for rules in PairRules.combinations {
            let plan = try plan(fixture, rules, .total(300))
            let shorter = try self.plan(fixture, rules, .total(50))
            let single = (0..<300).map { plan[$0] }
            #expect((0..<50).map { shorter[$0] } == Array(single.prefix(50)))
            let ranges = [200..<300, 0..<1, 1..<150, 150..<200]
            let filled = await withTaskGroup(of: (Int, [Triplet]).self) { group in
                for range in ranges { group.addTask { (range.lowerBound, self.filled(plan, range)) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(filled.sorted { $0.0 < $1.0 }.flatMap(\.1) == single)
        }
    }

    private func filled(_ plan: TripletPlan, _ range: Range<Int>) -> [Triplet] {
        var anchor = [UInt32](repeating: 0, count: range.count)
        var (positive, negative) = (anchor, anchor)
        do {
            var one = anchor.mutableSpan
            var two = positive.mutableSpan
            var three = negative.mutableSpan
            plan.fill(range: range, anchor: &one, positive: &two, negative: &three)
        }
        return (0..<range.count).map {
            Triplet(anchor: anchor[$0], positive: positive[$0], negative: negative[$0])
        }
    }

    @Test("impossible requests are refused with the counts")
    func refusals() throws {
        let fixture = PairFixture(sizes: [2, 1, 3], sexes: [.female])
        func refusal(_ rules: PairRules, _ count: TripletCount) -> PairError? {
            do {
                _ = try plan(fixture, rules, count)
                return nil
            } catch { return error as? PairError }
        }
        // Anchors of the first speaker have 1 positive and 4 negatives, those of the last 2 and 3.
        let visits = try #require(refusal(PairRules(), .perAnchor(5)))
        #expect(visits.reason == .tooFewTriplets && visits.asked == 25 && visits.available == 20)
        #expect(refusal(PairRules(), .perAnchor(4)) == nil)
        let balanced = try #require(refusal(PairRules(balance: .speaker), .total(27)))
        #expect(balanced.asked == 27 && balanced.available == 26)
        #expect(refusal(PairRules(balance: .speaker), .perAnchor(1))?.reason == .impossibleRule)
        #expect(refusal(PairRules(), .total(-1))?.reason == .impossibleRule)
        let alone = PairFixture(sizes: [1, 1, 4], sexes: [.female, .female, .male]).rows
        let lack = #expect(throws: PairError.self) {
            try TripletPlan(rows: alone, rules: PairRules(negatives: .sameSex), count: .perAnchor(1), seed: 1)
        }
        #expect(lack?.reason == .noAnchor)
        #expect(
            lack?.description == """
                No triplet can be made from 6 rows of 3 speakers: 2 speakers have no second row that the rules \
                allow as positive, and 1 others have no speaker that the rules allow as negative; loosen the \
                rules or add recordings.
                """)
    }
}
