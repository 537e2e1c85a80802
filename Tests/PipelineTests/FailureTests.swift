import ContentStore
import Foundation
import Manifest
import Pipeline
import Testing

@Suite("A build that fails")
struct FailureTests {
    private static func recipe(_ count: Int) -> ToyRecipe {
        var recipe = ToyRecipe.three()
        recipe.sources = (0..<count).map { ToySource(id: String(format: "s%04d", $0), value: 10 * $0) }
        return recipe
    }

    private func fails(_ recipe: ToyRecipe, jobs: Int, in workspace: borrowing ToyWorkspace) async throws
        -> String
    {
        do {
            _ = try await workspace.build(recipe, jobs: jobs)
        } catch let error as PipelineError {
            return error.message
        }
        return "no failure"
    }

    @Test(
        "in one subject has recorded those before it whole and of it nothing, and the next build does the rest",
        arguments: [1, 4])
    func resumes(jobs: Int) async throws {
        let workspace = try ToyWorkspace()
        let recipe = FailureTests.recipe(12)
        workspace.log.fail("multiply/s0005")
        #expect(try await fails(recipe, jobs: jobs, in: workspace) == "multiply/s0005 cannot go on")
        let plan = try workspace.plan(recipe)[0]
        for (spec, column) in zip(plan.layer.stages, plan.states) {
            let recorded = zip(recipe.sources, column).filter { $1.reason == nil }.map(\.0.id)
            #expect(recorded == (0..<5).map { "s000\($0)" }, "\(spec.name)")
        }
        let second = try await workspace.build(recipe, jobs: jobs)
        #expect(second.ranCount == 7 * 3 + 1)
        #expect(second.ran.contains("read/s0005") && !second.ran.contains("read/s0004"))
        let fresh = try ToyWorkspace()
        #expect(try await fresh.build(recipe).dataset == second.dataset)
        #expect(try await workspace.build(recipe).ran == [])
    }

    @Test(
        "leaves nothing half-published: every artifact in the store is whole, and what is half done can be swept away"
    )
    func nothingHalfPublished() async throws {
        let workspace = try ToyWorkspace()
        let recipe = FailureTests.recipe(6)
        workspace.log.fail("multiply/s0003")
        _ = try await fails(recipe, jobs: 2, in: workspace)
        let stored = workspace.store.all()
        #expect(stored.count == 6)
        for artifact in stored { #expect(try workspace.store.rehash(artifact.digest) == artifact.digest) }
        #expect(try workspace.store.removeIncoming() > 0)
        #expect(workspace.store.all() == stored)
        _ = try await workspace.build(recipe)
        #expect(try workspace.store.removeIncoming() == 0)
    }

    @Test("because no worker can be made says so and records nothing")
    func noWorker() async throws {
        let workspace = try ToyWorkspace()
        let recipe = ToyRecipe.three()
        let runner = Runner(
            ledger: workspace.ledger, store: workspace.store, writer: workspace.writer, jobs: 2, host: "")
        let plan = try workspace.plan(recipe)[0]
        let error = await #expect(throws: PipelineError.self) {
            var resolved = Resolved()
            _ = try await runner.run(
                plan, after: &resolved, makeWorker: { throw PipelineError.worker("no memory") })
        }
        #expect(error?.message == "no memory")
        #expect(workspace.store.all() == [])
        #expect(try await workspace.build(recipe).ranCount == 10)
    }

    @Test("because the store is gone says so in one sentence")
    func storeGone() async throws {
        let workspace = try ToyWorkspace()
        try FileManager.default.removeItem(atPath: workspace.store.root)
        let message = try await fails(.three(), jobs: 1, in: workspace)
        #expect(message.hasPrefix("cannot write \(workspace.store.root)/incoming/"))
        #expect(message.hasSuffix(": No such file or directory"))
    }
}
