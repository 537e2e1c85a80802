import ContentStore
import Manifest
import Pipeline
import Testing

@Suite("The wave of a change")
struct CutoffTests {
    /// `read` forgets the last digit, so 207 reads as 200 does.
    private func almostTheSame(isKnown: Bool = true) -> ToyRecipe {
        var recipe = ToyRecipe.three()
        recipe.sources[1].value = 207
        recipe.sources[1].isKnown = isKnown
        return recipe
    }

    @Test("stops at a stage that makes the same bytes again, and only what ran is counted")
    func stops() async throws {
        let workspace = try ToyWorkspace()
        let first = try await workspace.build(.three())
        let second = try await workspace.build(almostTheSame())
        #expect(second.ran == ["read/b"])
        #expect(second.ranCount == 1 && second.upToDateCount == 9)
        #expect(second.dataset == first.dataset)
        #expect(try await workspace.build(almostTheSame()).ran == [])
        #expect(try await workspace.build(.three()).ran == [])
    }

    @Test("goes on through a stage that does not look, and stops at the dataset all the same")
    func withoutLooking() async throws {
        let workspace = try ToyWorkspace()
        var recipe = ToyRecipe.three()
        recipe.chain[0].mayCutOff = false
        let first = try await workspace.build(recipe)
        recipe.sources[1].value = 207
        let second = try await workspace.build(recipe)
        #expect(second.ran == ["add/b", "multiply/b", "read/b"])
        #expect(second.ranCount == 3 && second.upToDateCount == 7)
        #expect(second.dataset == first.dataset)
    }

    @Test("goes on when the bytes are others, in a second step")
    func goesOn() async throws {
        let workspace = try ToyWorkspace()
        _ = try await workspace.build(.three())
        var recipe = ToyRecipe.three()
        recipe.sources[1].value = 210
        let second = try await workspace.build(recipe)
        #expect(second.orders == ["b 0..<1", "b 1..<3", "dataset 0..<1"])
        #expect(second.ran == ["add/b", "multiply/b", "read/b", "sum/dataset"])
        #expect(second.ranCount == 4)
    }

    @Test("goes through in one step where what follows has changed too")
    func followerChanged() async throws {
        let workspace = try ToyWorkspace()
        _ = try await workspace.build(.three())
        var recipe = almostTheSame()
        recipe.chain[1].amount = 6
        let second = try await workspace.build(recipe)
        #expect(second.orders == ["a 1..<3", "b 0..<3", "c 1..<3", "dataset 0..<1"])
        #expect(second.ran.filter { $0.hasPrefix("read") } == ["read/b"])
        #expect(second.ranCount == 8)
        #expect(try await workspace.build(recipe).ran == [])
    }

    @Test("of sources never seen goes through all stages in one step per subject")
    func freshBuild() async throws {
        let workspace = try ToyWorkspace()
        var recipe = ToyRecipe.three()
        for index in recipe.sources.indices { recipe.sources[index].isKnown = false }
        let first = try await workspace.build(recipe)
        #expect(first.orders == ["a 0..<3", "b 0..<3", "c 0..<3", "dataset 0..<1"])
        // What was read is what is recorded: once the digests are known there is nothing to do.
        let second = try await workspace.build(.three())
        #expect(second.ran == [])
        #expect(second.dataset == first.dataset)
    }

    @Test("of a source that must be read to be known stops when it is what it was")
    func unknownButTheSame() async throws {
        let workspace = try ToyWorkspace()
        let first = try await workspace.build(.three())
        var recipe = ToyRecipe.three()
        recipe.sources[0].isKnown = false
        let second = try await workspace.build(recipe)
        #expect(second.ran == ["read/a"])
        #expect(second.dataset == first.dataset)
        let third = try await workspace.build(almostTheSame(isKnown: false))
        #expect(third.ran == ["read/b"])
        #expect(third.dataset == first.dataset)
        #expect(try await workspace.build(almostTheSame()).ran == [])
    }
}
