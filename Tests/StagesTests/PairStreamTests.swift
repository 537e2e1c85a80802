import ContentStore
import Corpus
import Testing

@testable import Stages

@Suite("epochs of an endless stream of pairs") struct PairStreamTests {
    /// Six speakers with eight rows in two sessions each.
    private static let rows = PairRows(
        speakers: (0..<48).map { UInt32($0 / 8) }, sessions: (0..<48).map { UInt32($0 / 4) },
        sexOfSpeaker: [.female, .male, .female, .male, .female, .male])

    private static func parameters(
        _ kind: PairRules.Kind, _ count: PairParameters.Count, epoch: Int
    ) -> PairParameters {
        PairParameters(
            rules: PairRules(kind: kind), count: count, seed: 3, sides: [.train],
            epoch: epoch == 0 ? nil : epoch)
    }

    private static func columns(
        _ kind: PairRules.Kind, _ count: PairParameters.Count, epoch: Int
    ) throws -> [[UInt32]] {
        let stream = try PairStream(rows, parameters(kind, count, epoch: epoch), seed: 9)
        return stream.columns(0..<stream.count).compactMap { tensor in
            if case .uint32(let values) = tensor.elements { return values }
            return nil
        }
    }

    @Test("the first epoch is the plan; the next go on where it ends, without a pair coming twice")
    func epochs() throws {
        let plan = try PairPlan(rows: Self.rows, rules: PairRules(), count: 200, seed: 9)
        var seen: Set<[UInt32]> = []
        for epoch in 0..<4 {
            let pairs = try Self.columns(.pairs, .total(50), epoch: epoch)
            for index in 0..<50 {
                #expect(pairs[0][index] == plan[epoch * 50 + index].a)
                seen.insert([min(pairs[0][index], pairs[1][index]), max(pairs[0][index], pairs[1][index])])
            }
        }
        #expect(seen.count == 200)
    }

    @Test("after as many epochs as there are pairs for, the stream goes on in another order")
    func cycles() throws {
        // 168 same pairs exist: three epochs of 100 pairs with half of them same.
        let first = try Self.columns(.pairs, .total(100), epoch: 0)
        let fourth = try Self.columns(.pairs, .total(100), epoch: 3)
        let late = try Self.columns(.pairs, .total(100), epoch: 1_000_000_000)
        #expect(fourth != first && late != first && late != fourth)
        #expect(EpochPlace(2, seed: 9, epochsPerCycle: 3).number == 2)
        #expect(EpochPlace(3, seed: 9, epochsPerCycle: 3).number == 0)
        #expect(EpochPlace(3, seed: 9, epochsPerCycle: 3).seed != 9)
    }

    @Test("in every epoch of triplets each example is an anchor once", arguments: [0, 1, 7])
    func triplets(epoch: Int) throws {
        let triplets = try Self.columns(.triplets, .each(1), epoch: epoch)
        #expect(triplets[0].sorted() == (0..<48).map { UInt32($0) })
        #expect(zip(triplets[0], triplets[1]).allSatisfy { $0 != $1 && $0 / 8 == $1 / 8 })
        #expect(zip(triplets[0], triplets[2]).allSatisfy { $0 / 8 != $1 / 8 })
        if epoch > 0 { #expect(try Self.columns(.triplets, .each(1), epoch: 0) != triplets) }
    }

    @Test("as many pairs as examples, and twice as many")
    func each() throws {
        #expect(try Self.columns(.pairs, .each(1), epoch: 0)[0].count == 48)
        #expect(try Self.columns(.pairs, .each(2), epoch: 1)[0].count == 96)
    }

    @Test("of every 64 pairs in a row, and of the first so many, exactly half are same")
    func batches() throws {
        let plan = try PairPlan(rows: Self.rows, rules: PairRules(), count: 300, seed: 4)
        for batch in 0..<4 { #expect((0..<64).count { plan[batch * 64 + $0].isSame } == 32) }
    }
}

@Suite("how often examples stand in pairs") struct ExposureTests {
    @Test("least, median, most, unused and the histogram are those of the counts")
    func counts() throws {
        let exposure = try #require(Exposure([0, 0, 1, 2, 3, 4, 9]))
        #expect(exposure.examples == 7 && exposure.unused == 2 && exposure.least == 0)
        #expect(exposure.median == 2 && exposure.most == 9)
        #expect(exposure.histogram == [2, 1, 2, 1, 1])
        #expect(Exposure([]) == nil)
        #expect(
            exposure.sentence == "an example stands in 0 to 9, half of them in 2 or fewer; 2 of 7 in none")
    }

    @Test("a build says it for each side with pairs")
    func build() async throws {
        let corpus = try StageCorpus()
        let summary = try await corpus.build(set: [
            "pairs.kind=triplets", "pairs.count=each", "pairs.sides=[train, test]",
        ])
        #expect(summary.exposure.keys.sorted() == ["test", "train"])
        let train = try #require(summary.exposure["train"])
        #expect(train.examples == summary.sides["train"]?.examples && train.least >= 1 && train.unused == 0)
        #expect(train.histogram.reduce(0, +) == train.examples)
    }
}
