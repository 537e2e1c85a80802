import ContentStore
import Manifest
import Pipeline
import Testing

@Suite("A task that runs again")
struct ReproducibilityTests {
    /// The error of a build that must fail as irreproducible.
    private func failure(_ recipe: ToyRecipe, in workspace: borrowing ToyWorkspace) async throws -> String? {
        do {
            _ = try await workspace.build(recipe)
            return nil
        } catch let error as PipelineError {
            guard case .irreproducible(let message) = error else { throw error }
            #expect(error.description == message)
            return message
        }
    }

    @Test(
        "and gives other bytes than are recorded ends the build with both digests, the revision and the libraries"
    )
    func otherBytes() async throws {
        let workspace = try ToyWorkspace()
        var recipe = ToyRecipe.three()
        recipe.chain[2].libraries = ["zlib": "1.3", "fftw3f": "3.3.10"]
        let first = try await workspace.build(recipe)
        let recorded = try #require(first.resolved.entry("multiply", "b")).artifact
        try workspace.remove("multiply", "b", of: first)
        workspace.log.spoil("multiply/b")
        let message = try #require(try await failure(recipe, in: workspace))
        // (200 / 10 + 5) · 3, and the million that spoils it.
        let now = try ToyNumber.stage(1_000_075, "multiply", keep: false, workspace.store).artifact.digest
        #expect(
            message
                == "multiply of b is not reproducible: recorded as \(recorded.digest), now \(now) (revision 1, "
                + "fftw3f 3.3.10, zlib 1.3); if its sources were changed in place or the CPU or memory is faulty, run "
                + "'twinset verify --repair'")
    }

    @Test("and gives other bytes leaves the record as it was, so that a sound run completes it")
    func recovers() async throws {
        let workspace = try ToyWorkspace()
        let first = try await workspace.build(.three())
        try workspace.remove("multiply", "b", of: first)
        workspace.log.spoil("multiply/b")
        #expect(try await failure(.three(), in: workspace) != nil)
        let second = try await workspace.build(.three())
        #expect(second.ran == ["multiply/b"])
        #expect(second.dataset == first.dataset)
    }

    @Test("only to get bytes that were not kept is held to the record as well")
    func madeAgain() async throws {
        let workspace = try ToyWorkspace()
        let first = try await workspace.build(.three())
        var recipe = ToyRecipe.three()
        recipe.chain[2].amount = 4
        workspace.log.spoil("add/c")
        let message = try #require(try await failure(recipe, in: workspace))
        let recorded = try #require(first.resolved.entry("add", "c")).artifact.digest
        #expect(message.hasPrefix("add of c is not reproducible: recorded as \(recorded), now "))
        #expect(message.contains(" (revision 1); if its sources"))
    }

    @Test("on a source that had to be read to be known is held to the record as well")
    func unknownSource() async throws {
        let workspace = try ToyWorkspace()
        _ = try await workspace.build(.three())
        var recipe = ToyRecipe.three()
        recipe.sources[0].isKnown = false
        workspace.log.spoil("read/a")
        #expect(try await failure(recipe, in: workspace)?.hasPrefix("read of a is not reproducible") == true)
    }
}
