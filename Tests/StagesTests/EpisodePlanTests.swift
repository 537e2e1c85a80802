import Corpus
import Testing

@testable import Stages

@Suite("n-shot k-way episodes")
struct EpisodePlanTests {
    private func plan(
        _ fixture: EpisodeFixture, _ parameters: EpisodeParameters, shot: Int, way: Int, seed: UInt64 = 1
    ) throws -> EpisodePlan {
        try EpisodePlan(fixture.rows, parameters, shot: shot, way: way, seed: seed)
    }

    private func columns(_ plan: EpisodePlan) -> EpisodeColumns {
        var columns = EpisodeColumns()
        for e in 0..<plan.count { plan.append(e, to: &columns) }
        return columns
    }

    @Test(
        "the query and its utterance are never in the support, classes are different speakers, shots different utterances",
        arguments: [(1, 2), (1, 6), (3, 4), (5, 2)])
    func rules(shot: Int, way: Int) throws {
        let fixture = EpisodeFixture(sizes: Array(repeating: 9, count: 14) + [4, 1, 2, 3])
        let utteranceOfRow = fixture.utteranceOfRow
        for parameters in EpisodeParameters.combinations {
            let columns = columns(try plan(fixture, parameters, shot: shot, way: way))
            #expect(columns.query.count == 200 && columns.answer.count == 200)
            #expect(columns.support.count == 200 * way * shot)
            for e in 0..<200 {
                let query = try #require(utteranceOfRow[columns.query[e]])
                let speaker = fixture.speakers[query]
                var classes: [UInt32] = []
                for slot in 0..<way {
                    let first = (e * way + slot) * shot
                    let rows = columns.support[first..<first + shot]
                    let utterances = try rows.map { try #require(utteranceOfRow[$0]) }
                    #expect(Set(utterances).count == shot && !utterances.contains(query))
                    let speakers = Set(utterances.map { fixture.speakers[$0] })
                    #expect(speakers.count == 1)
                    classes += speakers
                    if slot == Int(columns.answer[e]), parameters.support == .different {
                        #expect(utterances.allSatisfy { fixture.sessions[$0] != fixture.sessions[query] })
                    }
                    if parameters.example == .first {
                        #expect(zip(rows, utterances).allSatisfy { fixture.examples[$1].first == $0 })
                    }
                }
                #expect(
                    Set(classes).count == way && classes.firstIndex(of: speaker) == Int(columns.answer[e]))
                if parameters.negatives == .sameSex {
                    #expect(Set(classes.map { fixture.sexOfSpeaker[Int($0)] }).count == 1)
                }
            }
        }
    }

    @Test("an episode is the same alone, in any order and in a longer list")
    func anyOrder() throws {
        let fixture = EpisodeFixture(sizes: [6, 7, 8, 9, 10, 11])
        let plan = try plan(fixture, .fixed(count: 60, query: .byDuration), shot: 2, way: 3)
        let all = columns(plan)
        for e in (0..<60).reversed() {
            var one = EpisodeColumns()
            plan.append(e, to: &one)
            #expect(one.query == [all.query[e]] && one.answer == [all.answer[e]])
            #expect(one.support == Array(all.support[e * 6..<(e + 1) * 6]))
        }
        let longer = columns(
            try self.plan(fixture, .fixed(count: 90, query: .byDuration), shot: 2, way: 3))
        #expect(Array(longer.query.prefix(60)) == all.query)
        let other = columns(
            try self.plan(fixture, .fixed(count: 60, query: .byDuration), shot: 2, way: 3, seed: 2))
        #expect(other.query != all.query && other.support != all.support)
    }

    @Test("fixed episodes never change")
    func pinned() throws {
        let fixture = EpisodeFixture(sizes: [4, 3, 5, 6])
        let found = columns(
            try plan(fixture, .fixed(count: 3, query: .byDuration), shot: 2, way: 3, seed: 2026))
        #expect(found.query == [133, 131, 105])
        #expect(
            found.support == [
                107, 112, 123, 130, 120, 117, 109, 107, 122, 123, 119, 116, 122, 131, 113, 119, 100, 102,
            ])
        #expect(found.answer == [1, 1, 2])
    }

    /// The sum of (seen − expected)² / expected: with d degrees of freedom its mean is d and its variance 2d.
    private func chiSquare(_ seen: [Int], _ weights: [Double]) -> Double {
        let total = Double(seen.reduce(0, +))
        let sum = weights.reduce(0, +)
        return zip(seen, weights).reduce(0) { partial, pair in
            let expected = total * pair.1 / sum
            return partial + (Double(pair.0) - expected) * (Double(pair.0) - expected) / expected
        }
    }

    @Test(
        "queries come in proportion to their durations, or all alike",
        arguments: EpisodeParameters.Draw.allCases)
    func queryDraw(draw: EpisodeParameters.Draw) throws {
        let fixture = EpisodeFixture(sizes: [5, 6, 7, 8])
        let columns = columns(try plan(fixture, .fixed(count: 26_000, query: draw), shot: 1, way: 2))
        var seen = [Int](repeating: 0, count: 26)
        for row in columns.query { seen[try #require(fixture.utteranceOfRow[row])] += 1 }
        let weights = fixture.durations.map { draw == .uniform ? 1 : Double($0) }
        // 25 degrees of freedom: 25 + 5 deviations of 7.1.
        #expect(chiSquare(seen, weights) < 60)
        let wrong = fixture.durations.map { draw == .uniform ? Double($0) : 1 }
        #expect(chiSquare(seen, wrong) > 1_000)
    }

    @Test("answers stand at every place alike, and other speakers come alike whatever they recorded")
    func uniformClasses() throws {
        let fixture = EpisodeFixture(sizes: [20, 2, 3, 9, 5, 2, 2])
        let columns = columns(
            try plan(fixture, .fixed(count: 10_000, query: .byDuration), shot: 1, way: 4))
        let places = columns.answer.reduce(into: [0, 0, 0, 0]) { $0[Int($1)] += 1 }
        #expect(chiSquare(places, [1, 1, 1, 1]) < 20)
        // Given the query's speaker, the other six are alike: 3 of them in each episode.
        var others = [[Int]](repeating: [Int](repeating: 0, count: 7), count: 7)
        for e in 0..<10_000 {
            let own = Int(fixture.speakers[try #require(fixture.utteranceOfRow[columns.query[e]])])
            for row in columns.support[e * 4..<e * 4 + 4] {
                others[own][Int(fixture.speakers[try #require(fixture.utteranceOfRow[row])])] += 1
            }
        }
        for own in 0..<7 {
            let seen = (0..<7).filter { $0 != own }.map { others[own][$0] }
            // 5 degrees of freedom, and less spread than independent draws have: 5 + 5 deviations of 3.2.
            #expect(chiSquare(seen, [1, 1, 1, 1, 1, 1]) < 21, "\(own): \(seen)")
        }
    }

    @Test("the support of a class is drawn in proportion to durations without repetition")
    func supportDraw() throws {
        // The other speaker's utterances last 1, 2, 3 and 6 s; two shots are drawn one after another.
        var fixture = EpisodeFixture(sizes: [4, 4], sessionCount: 1)
        fixture.durations = [1, 2, 3, 6, 1, 2, 3, 6]
        let columns = columns(
            try plan(fixture, .fixed(count: 24_000, supportDraw: .byDuration), shot: 2, way: 2))
        var seen = [Int](repeating: 0, count: 16)
        for e in 0..<24_000 {
            let slot = 1 - Int(columns.answer[e])
            let rows = columns.support[(e * 2 + slot) * 2..<(e * 2 + slot) * 2 + 2]
            let drawn = try rows.map { try #require(fixture.utteranceOfRow[$0]) % 4 }
            seen[drawn[0] * 4 + drawn[1]] += 1
        }
        let durations: [Double] = [1, 2, 3, 6]
        let places = (0..<16).filter { $0 / 4 != $0 % 4 }
        let weights = places.map { durations[$0 / 4] / 12 * durations[$0 % 4] / (12 - durations[$0 / 4]) }
        #expect(chiSquare(places.map { seen[$0] }, weights) < 35)
        #expect((0..<4).allSatisfy { seen[$0 * 5] == 0 })
    }

    @Test("speakers with too few utterances are no query, but stand in supports as far as theirs suffice")
    func eligibility() throws {
        let fixture = EpisodeFixture(sizes: [3, 2, 1, 3])
        let plan = try plan(fixture, .fixed(count: 300), shot: 2, way: 3)
        #expect(plan.querySpeakerCount == 2 && plan.classSpeakerCount == 3)
        let columns = columns(plan)
        let utterances = fixture.utteranceOfRow
        #expect(Set(columns.query.compactMap { utterances[$0] }.map { fixture.speakers[$0] }) == [0, 3])
        #expect(Set(columns.support.compactMap { utterances[$0] }.map { fixture.speakers[$0] }) == [0, 1, 3])
    }

    @Test("episodes that cannot be are refused with the counts")
    func impossible() throws {
        let fixture = EpisodeFixture(sizes: [6, 6, 3, 1, 6])
        let ways = #expect(throws: EpisodeError.self) {
            try plan(fixture, .fixed(), shot: 5, way: 4)
        }
        #expect(ways?.reason == .tooFewSpeakers && ways?.needed == 4 && ways?.available == 3)
        #expect(
            ways?.description
                == "5-shot 4-way episodes need 4 speakers with 5 utterances or more, but 3 of 5 have so many: ask for "
                + "3 ways at most, for fewer shots, or add recordings")
        let shots = #expect(throws: EpisodeError.self) { try plan(fixture, .fixed(), shot: 6, way: 2) }
        #expect(shots?.reason == .noQuery)
        let sexes = #expect(throws: EpisodeError.self) {
            try plan(fixture, .fixed(negatives: .sameSex), shot: 1, way: 4)
        }
        #expect(sexes?.available == 3 && sexes?.description.contains("4 female speakers") == true)
        let unknown = EpisodeFixture(sizes: [4, 4, 4], sexes: [.unknown])
        let nobody = #expect(throws: EpisodeError.self) {
            try plan(unknown, .fixed(negatives: .sameSex), shot: 1, way: 2)
        }
        #expect(nobody?.reason == .noQuery)
        let session = EpisodeFixture(sizes: [4, 4], sessionCount: 1)
        #expect(throws: EpisodeError.self) {
            try plan(session, .fixed(support: .different), shot: 1, way: 2)
        }
    }
}
