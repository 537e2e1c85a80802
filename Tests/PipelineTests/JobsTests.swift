import ContentStore
import Foundation
import Manifest
import Pipeline
import Testing

@Suite("Workers side by side")
struct JobsTests {
    private static func recipe(_ count: Int) -> ToyRecipe {
        var recipe = ToyRecipe.three()
        recipe.sources = (0..<count).map { ToySource(id: String(format: "s%04d", $0), value: 7 * $0) }
        return recipe
    }

    /// What a build made, without what differs from one run to the next.
    private func made(_ build: ToyWorkspace.Build) -> [String] {
        build.resolved.stages.flatMap { stage in
            build.resolved.known(stage).map {
                "\(stage)/\($0.subject) \($0.key.digest) \($0.artifact.digest)"
            }
        }
    }

    @Test("make the same dataset, in the same order, however many they are")
    func sameDataset() async throws {
        let recipe = JobsTests.recipe(40)
        var first: ToyWorkspace.Build?
        for jobs in [1, 2, 8] {
            let workspace = try ToyWorkspace()
            let build = try await workspace.build(recipe, jobs: jobs)
            #expect(build.ranCount == 121)
            #expect(build.recorded == recipe.sources.map(\.id))
            if let first {
                #expect(build.dataset == first.dataset)
                #expect(made(build) == made(first))
            }
            first = first ?? build
        }
    }

    @Test("that finish out of order have their results recorded in order")
    func slowFirst() async throws {
        let workspace = try ToyWorkspace()
        let recipe = JobsTests.recipe(20)
        for slow in ["s0000", "s0005", "s0006"] { workspace.log.delay(slow, milliseconds: 40) }
        let build = try await workspace.build(recipe, jobs: 3)
        #expect(build.recorded == recipe.sources.map(\.id))
        let fresh = try ToyWorkspace()
        #expect(try await fresh.build(recipe).dataset == build.dataset)
    }

    @Test("have their results told in order even while the telling takes long")
    func slowTelling() async throws {
        let workspace = try ToyWorkspace()
        let recipe = JobsTests.recipe(400)
        let runner = Runner(
            ledger: workspace.ledger, store: workspace.store, writer: workspace.writer, jobs: 2, host: "")
        var resolved = Resolved()
        let told = RecordedSubjects()
        let result = try await runner.run(
            try workspace.plan(recipe)[0], after: &resolved,
            makeWorker: { [store = workspace.store, log = workspace.log] in
                ToyWorker(recipe: recipe, store: store, log: log)
            },
            onRecorded: { subject, receipts in
                if told.all.isEmpty { try await Task.sleep(for: .milliseconds(500)) }
                #expect(receipts.map(\.question.stage.name) == ["read", "add", "multiply"])
                told.append(subject.id)
            })
        #expect(result.ranCount == 1200)
        #expect(told.all == recipe.sources.map(\.id))
    }

    @Test("do each task once")
    func once() async throws {
        let workspace = try ToyWorkspace()
        let build = try await workspace.build(JobsTests.recipe(100), jobs: 8)
        #expect(build.ran.count == 301)
        #expect(Set(build.ran).count == 301)
    }
}
