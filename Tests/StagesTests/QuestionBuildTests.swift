import ContentStore
import Foundation
import Stages
import Testing

@Suite("trials and episodes in a build")
struct QuestionBuildTests {
    /// Two speakers of two sessions of two utterances on the test side.
    private static let recipe =
        StageCorpus.recipe + """

            trials:
              kind: all
            episodes:
              shots: 1
              ways: 2
              count: 40
              sides: [test]
            """

    @Test("every two test utterances form a trial, by name and with the rows of their examples")
    func trials() async throws {
        let corpus = try StageCorpus()
        let summary = try await corpus.build(Self.recipe)
        #expect(summary.trials == 28 && summary.episodes == 40 && summary.pairs == 20)
        let file = try #require(try corpus.result().open("trials", "test/00000"))
        let names = try TextColumn.read("utterance", from: file)
        #expect(
            names
                == [13, 14].flatMap { speaker in
                    [0, 1].flatMap { session in
                        [0, 1].map {
                            "\(speaker)/\(speaker)\(session)/\(speaker)-\(speaker)\(session)-000\($0)"
                        }
                    }
                })
        let (a, b) = (try file.unsigned("a"), try file.unsigned("b"))
        let labels = try file.bytes("label")
        #expect(Set(zip(a, b).map { [min($0, $1), max($0, $1)] }).count == 28)
        for k in 0..<28 {
            #expect(a[k] != b[k] && (a[k] / 4 == b[k] / 4) == (labels[k] == 1))
        }
        #expect(file.metadata["targets"] == "12" && file.metadata["total"] == "28")
        #expect(file.metadata["utterances"] == "8" && file.metadata["utterancesUsed"] == "8")
        let split = try #require(try corpus.result().open("split", "dataset"))
        let sides = try split.bytes("row.side")
        let rows = try file.unsigned("utterance.row")
        #expect(rows.map { Int($0) } == sides.indices.filter { sides[$0] == 3 })
        let ends = try file.unsigned("utterance.rowEnd")
        let examples = [2, 3].flatMap { corpus.samples(of: $0) }.map { (1 + ($0.count - 400) / 160) / 32 }
        #expect(zip(ends, [0] + ends).map { Int($0 - $1) } == examples)
    }

    @Test(
        "episodes refer to rows of the features: other utterances than the query's, of other speakers or its own"
    )
    func episodes() async throws {
        let corpus = try StageCorpus()
        try await corpus.build(Self.recipe)
        let result = try corpus.result()
        let file = try #require(try result.open("episodes", "test/1-shot-02-way"))
        #expect(file.entries["support"]?.shape == [40, 2, 1])
        let (query, support) = (try file.unsigned("query"), try file.unsigned("support"))
        let answer = try file.unsigned("answer")
        let split = try #require(try result.open("split", "dataset"))
        let speakers = try split.unsigned("row.speaker")
        let utterances = try utteranceOfRow(result)
        for e in 0..<40 {
            let classes = support[2 * e..<2 * e + 2].map { speakers[Int($0)] }
            #expect(Set(classes).count == 2 && classes[Int(answer[e])] == speakers[Int(query[e])])
            #expect(
                support[2 * e..<2 * e + 2].allSatisfy { utterances[Int($0)] != utterances[Int(query[e])] })
        }
        #expect(Set(answer) == [0, 1])
    }

    /// The utterance of every row, from the features artifacts in pack order.
    private func utteranceOfRow(_ result: StageResult) throws -> [String] {
        try result.subjects("features").flatMap { subject in
            let file = try #require(try result.open("features", subject))
            let names = try TextColumn.read("utterance", from: file)
            return try file.unsigned("row.utterance").map { names[Int($0)] }
        }
    }

    @Test("a second build runs nothing, another way one task, and any number of workers makes the same")
    func incremental() async throws {
        let corpus = try StageCorpus()
        let first = try await corpus.build(Self.recipe)
        let plain = try await corpus.build(in: "plain")
        #expect(first.tasks.ran == plain.tasks.ran + 2 && plain.trials == nil && plain.episodes == nil)
        let without = try corpus.result("plain").opened.store.all().map(\.digest)
        #expect(Set(without).isSubset(of: try corpus.result().opened.store.all().map(\.digest)))
        #expect(try await corpus.build(Self.recipe).tasks.ran == 0)
        #expect(try await corpus.build(Self.recipe, set: ["episodes.shots=[1, 2]"]).tasks.ran == 1)
        #expect(try await corpus.build(Self.recipe, jobs: 1, in: "one").dataset == first.dataset)
        let plan = try await corpus.builder(Self.recipe, set: ["trials.seed=9"]).plan()
        let stale = plan.stages.filter { $0.stale > 0 }
        #expect(stale.map(\.name) == ["trials"] && stale.first?.reasons.first?.field == "trials.seed")
    }

    @Test("questions that the side cannot answer fail with the counts, and speakers left out are told of")
    func impossible() async throws {
        let corpus = try StageCorpus()
        let ways = await #expect(throws: (any Error).self) {
            try await corpus.build(Self.recipe, set: ["episodes.ways=3"])
        }
        #expect(
            ways.map { "\($0)" }?.contains(
                "episodes of side test: 1-shot 3-way episodes need 3 speakers with an utterance or more, but 2 of 2 have"
            )
                == true, "\(String(describing: ways))")
        let trials = await #expect(throws: (any Error).self) {
            try await corpus.build(
                Self.recipe, set: ["trials.kind=hard", "trials.count=20", "trials.target=100%"])
        }
        #expect(
            trials.map { "\($0)" }?.contains(
                "20 same pairs are asked for, but only 8 from different sessions")
                == true, "\(String(describing: trials))")
        let uneven = try StageCorpus(speakers: 4, sessions: 1, utterances: 3)
        try uneven.folder.remove(uneven.file(3, 0, 1))
        try uneven.folder.remove(uneven.file(3, 0, 2))
        let summary = try await uneven.build(Self.recipe)
        #expect(
            summary.warnings == [
                "1 of 2 test speakers are the query of no 1-shot episode: they have too few other utterances that the "
                    + "rules allow"
            ])
    }
}
