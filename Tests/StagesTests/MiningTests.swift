import Corpus
import Features
import Testing

@testable import Stages

/// Mining against a plain search over all rows in double precision.
@Suite("hard mining") struct MiningTests {
    static let fixtures: [MiningFixture] =
        [MiningRules.Distance.cosine, .euclidean].flatMap { distance in
            (0..<6).map { MiningFixture(PairFixture(number: $0 + 40), distance, seed: $0) } + [
                MiningFixture(
                    PairFixture(sizes: [31, 1, 12, 25, 40, 2, 9], sessionCount: 4, sexes: Sex.allCases),
                    distance)
            ]
        }

    static let rules: [PairRules] = PairRules.combinations.filter { $0.balance == .none }

    static func triplets(_ rules: PairRules) -> PairRules {
        var rules = rules
        rules.kind = .triplets
        return rules
    }

    /// The plan of a fixture, or nil where no row can be an anchor.
    static func isPossible(_ fixture: MiningFixture, _ rules: PairRules) -> Bool {
        !fixture.rows.allTriplets(rules).isEmpty
    }

    @Test("hard triplets are the farthest of the speaker and the nearest of the others", arguments: rules)
    func hardTriplets(rules: PairRules) throws {
        let rules = Self.triplets(rules)
        for fixture in Self.fixtures where Self.isPossible(fixture, rules) {
            let mined = try fixture.mine(rules, MiningRules(kind: .hard, distance: fixture.distance))
            let rowOf = fixture.rows.rowOfNumber
            #expect(mined.missingCount == 0 && Set(mined.first).count == mined.count)
            #expect(Set(mined.first) == Set(fixture.rows.allTriplets(rules).map(\.anchor)))
            for index in 0..<mined.count {
                let anchor = try #require(rowOf[mined.first[index]])
                #expect(rowOf[mined.second[index]] == fixture.positives(anchor, rules).first)
                #expect(rowOf[mined.third[index]] == fixture.negatives(anchor, rules).first)
            }
        }
    }

    @Test("several visits give other positives, then other negatives, and no triplet twice", arguments: rules)
    func severalVisits(rules: PairRules) throws {
        let rules = Self.triplets(rules)
        let fixture = Self.fixtures[6]
        let mining = MiningRules(kind: .hard, distance: fixture.distance, candidates: 4)
        let mined = try fixture.mine(rules, mining, .each(5))
        let rowOf = fixture.rows.rowOfNumber
        let triplets = (0..<mined.count).map {
            Triplet(anchor: mined.first[$0], positive: mined.second[$0], negative: mined.third[$0])
        }
        #expect(
            Set(triplets).count == mined.count && Set(triplets).isSubset(of: fixture.rows.allTriplets(rules)))
        #expect(mined.count == 5 * Set(mined.first).count)
        for (anchor, own) in Dictionary(grouping: triplets, by: \.anchor) {
            let row = try #require(rowOf[anchor])
            let farthest = fixture.positives(row, rules).prefix(5).map { fixture.rows.rowNumber($0) }
            #expect(Set(own.map(\.positive)) == Set(farthest))
            let nearest = fixture.negatives(row, rules).prefix(5).map { fixture.rows.rowNumber($0) }
            #expect(Set(own.map(\.negative)).isSubset(of: nearest))
        }
    }

    @Test("semi-hard negatives are the nearest that are farther than the positive", arguments: rules)
    func semiHard(rules: PairRules) throws {
        let rules = Self.triplets(rules)
        for fixture in Self.fixtures where Self.isPossible(fixture, rules) {
            let margin = fixture.distance == .cosine ? 0.25 : 0.5
            let mining = MiningRules(kind: .semiHard, distance: fixture.distance, margin: margin)
            let mined = try fixture.mine(rules, mining, .each(2))
            let plan = try fixture.plan(rules, mining, .each(2))
            #expect(mined.count + mined.missingCount == plan.count)
            let rowOf = fixture.rows.rowOfNumber
            var beyond = 0
            for index in 0..<mined.count {
                let anchor = try #require(rowOf[mined.first[index]])
                let positive = try #require(rowOf[mined.second[index]])
                #expect(fixture.rows.mayBePositive(anchor, positive, rules))
                let limit = fixture.distance(anchor, positive)
                let farther = fixture.negatives(anchor, rules).filter { fixture.distance(anchor, $0) > limit }
                let nearest = try #require(farther.first)
                let negative = try #require(rowOf[mined.third[index]])
                if fixture.distance(anchor, negative) >= limit + margin { beyond += 1 }
                let expected =
                    fixture.positives(anchor, rules).count > 1 ? [nearest] : Array(farther.prefix(2))
                #expect(expected.contains(negative))
            }
            #expect(mined.beyondMarginCount == beyond)
            #expect(try Self.areAllFound(mined, fixture, rules))
        }
    }

    /// Whether every anchor whose positives all have two farther negatives stands in two triplets.
    static func areAllFound(_ mined: MinedRows, _ fixture: MiningFixture, _ rules: PairRules) throws -> Bool {
        let counts = Dictionary(grouping: mined.first, by: \.self).mapValues(\.count)
        return Set(fixture.rows.allTriplets(rules).map(\.anchor)).allSatisfy { number in
            guard let anchor = fixture.rows.rowOfNumber[number] else { return false }
            let negatives = fixture.negatives(anchor, rules).map { fixture.distance(anchor, $0) }
            let farthest = fixture.positives(anchor, rules).map { fixture.distance(anchor, $0) }.max() ?? 0
            return negatives.count { $0 > farthest } < 2 || counts[number] == 2
        }
    }

    @Test("a drawn semi-hard negative is one of the nearest within the margin")
    func drawnSemiHard() throws {
        let fixture = Self.fixtures[6]
        let rules = Self.triplets(PairRules())
        let mining = MiningRules(kind: .semiHard, margin: 0.3, candidates: 5)
        let mined = try fixture.mine(rules, mining)
        let rowOf = fixture.rows.rowOfNumber
        var ranks: Set<Int> = []
        for index in 0..<mined.count {
            let anchor = try #require(rowOf[mined.first[index]])
            let limit = fixture.distance(anchor, try #require(rowOf[mined.second[index]]))
            let farther = fixture.negatives(anchor, rules).filter { fixture.distance(anchor, $0) > limit }
            let rank = try #require(farther.firstIndex { $0 == rowOf[mined.third[index]] })
            let isWithin = fixture.distance(anchor, farther[rank]) < limit + 0.3
            #expect(rank < 5 && (isWithin || rank == 0))
            ranks.insert(rank)
        }
        #expect(ranks.count == 5)
    }

    @Test("hard pairs come once, the share is kept, and each is its owner's hardest", arguments: rules)
    func hardPairs(rules: PairRules) throws {
        for fixture in Self.fixtures where fixture.rows.speakers.count > 3 {
            let mining = MiningRules(kind: .hard, distance: fixture.distance)
            let plan = try fixture.plan(rules, mining, .each(1))
            let mined = try fixture.mine(rules, mining)
            #expect(mined.count + mined.missingCount == fixture.rows.speakers.count)
            let pairs = (0..<mined.count).map { [mined.first[$0], mined.second[$0]].sorted() }
            #expect(Set(pairs).count == pairs.count)
            #expect(
                mined.labels.reduce(0) { $0 + Int($1) } <= rules.positiveShare.sameCount(before: plan.count))
            for index in 0..<mined.count {
                let isSame = mined.labels[index] == rules.labelOfSame
                #expect(try Self.isHardest(mined.first[index], mined.second[index], isSame, fixture, plan))
            }
        }
    }

    /// Whether the pair is the hardest that its owner owns.
    static func isHardest(
        _ a: UInt32, _ b: UInt32, _ isSame: Bool, _ fixture: MiningFixture, _ plan: MiningPlan
    ) throws -> Bool {
        let numbers = plan.rows.rowNumbers
        let (x, y) = (try #require(numbers.firstIndex(of: a)), try #require(numbers.firstIndex(of: b)))
        let (owner, other) = plan.owns(x, y) ? (a, b) : (b, a)
        #expect(plan.owns(x, y) != plan.owns(y, x))
        let rowOf = fixture.rows.rowOfNumber
        let row = try #require(rowOf[owner])
        let all = isSame ? fixture.positives(row, plan.rules) : fixture.negatives(row, plan.rules)
        let position = try #require(numbers.firstIndex(of: owner))
        let hardest = all.first { other in
            numbers.firstIndex(of: fixture.rows.rowNumber(other)).map { plan.owns(position, $0) } ?? false
        }
        return hardest == rowOf[other]
    }

    @Test("with any numbers, what is mined is as hard as what a search in double precision finds")
    func anyNumbers() throws {
        for distance in [MiningRules.Distance.cosine, .euclidean] {
            let rows = PairFixture(sizes: [40, 30, 30, 50], sessionCount: 3)
            let fixture = MiningFixture(rows, distance, exact: false)
            let rules = Self.triplets(PairRules(positives: .different))
            let mined = try fixture.mine(rules, MiningRules(kind: .hard, distance: distance))
            for index in 0..<mined.count {
                let anchor = Int(mined.first[index])
                let farthest = fixture.distance(anchor, fixture.positives(anchor, rules)[0])
                let nearest = fixture.distance(anchor, fixture.negatives(anchor, rules)[0])
                #expect(abs(fixture.distance(anchor, Int(mined.second[index])) - farthest) < 2e-6)
                #expect(abs(fixture.distance(anchor, Int(mined.third[index])) - nearest) < 2e-6)
            }
        }
    }

    @Test(
        "blocks, parts and CPU levels change nothing",
        arguments: [PairRules(), triplets(PairRules(negatives: .sameSex))],
        [MiningRules.Kind.hard, .semiHard])
    func blocks(rules: PairRules, kind: MiningRules.Kind) throws {
        guard rules.kind == .triplets || kind == .hard else { return }
        let fixture = MiningFixture(
            PairFixture(sizes: [70, 300, 12, 80], sessionCount: 5), .cosine, exact: false)
        let mining = MiningRules(kind: kind, margin: kind == .semiHard ? 0.2 : nil, candidates: 3)
        let plan = try fixture.plan(rules, mining, .each(2))
        let table = try fixture.table()
        var whole = HardMiner(plan: plan, table: table)
        let expected = try whole.mine(places: 0..<plan.anchorCount)
        #expect(expected.count > plan.anchorCount)
        for count in [1, 7, 100] {
            var miner = HardMiner(plan: plan, table: table, blockCount: count)
            #expect(try miner.mine(places: 0..<plan.anchorCount) == expected)
        }
        for level in CPULevel.available {
            var miner = HardMiner(plan: plan, table: table, level: level)
            #expect(try miner.mine(places: 0..<plan.anchorCount) == expected)
        }
        var triplets: [[UInt32]] = []
        for first in stride(from: 0, to: plan.anchorCount + 50, by: 50) {
            let part = try whole.mine(places: first..<first + 50)
            triplets += (0..<part.count).map {
                [part.first[$0], part.second[$0]] + part.third.dropFirst($0).prefix(1)
            }
        }
        let all = (0..<expected.count).map {
            [expected.first[$0], expected.second[$0]] + expected.third.dropFirst($0).prefix(1)
        }
        #expect(Set(triplets) == Set(all) && triplets.count == all.count)
    }

    @Test("no triplet can be mined from one speaker") func oneSpeaker() throws {
        let fixture = MiningFixture(PairFixture(sizes: [5]), .cosine)
        #expect(throws: PairError.self) {
            try fixture.plan(Self.triplets(PairRules()), MiningRules(kind: .hard), .each(1))
        }
    }

    @Test(
        "an embedding that is none is refused by its row",
        arguments: [(Float.nan, "no finite number"), (.infinity, "no finite number"), (0, "all zeros")])
    func refused(value: Float, reason: String) throws {
        let error = try #require(throws: StageError.self) {
            _ = try EmbeddingTable(rowCount: 3000, width: 2, distance: .cosine) { rows in
                rows.flatMap { $0 == 2500 ? [0, value] : [1, 2] }
            }
        }
        #expect(error.message.contains("row 2500") && error.message.contains(reason))
    }
}
