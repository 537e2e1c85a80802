import ContentStore
import Foundation
import Manifest
import Pipeline
import Testing

@Suite("Bytes that are not in the store")
struct LostBytesTests {
    @Test("are made again, they alone, when they were kept", arguments: ["read", "multiply"])
    func madeAgain(stage: String) async throws {
        let workspace = try ToyWorkspace()
        let first = try await workspace.build(.three())
        try workspace.remove(stage, "b", of: first)
        let second = try await workspace.build(.three())
        #expect(second.ran == ["\(stage)/b"])
        #expect(second.ranCount == 1 && second.upToDateCount == 9)
        #expect(second.dataset == first.dataset)
        let entry = try #require(first.resolved.entry(stage, "b"))
        #expect(workspace.store.contains(entry.artifact))
    }

    @Test("are made again, they alone, where the wave does not stop by itself")
    func withoutLooking() async throws {
        let workspace = try ToyWorkspace()
        var recipe = ToyRecipe.three()
        recipe.chain[0].mayCutOff = false
        recipe.chain[1].isKept = true
        let first = try await workspace.build(recipe)
        for stage in ["read", "add"] {
            try workspace.remove(stage, "c", of: first)
            let second = try await workspace.build(recipe)
            #expect(second.ran == ["\(stage)/c"])
            #expect(second.dataset == first.dataset)
        }
    }

    @Test("that come to be kept are made once, and nothing that follows")
    func newlyKept() async throws {
        let workspace = try ToyWorkspace()
        var recipe = ToyRecipe.three()
        let first = try await workspace.build(recipe)
        recipe.chain[1].isKept = true
        let second = try await workspace.build(recipe)
        #expect(second.ran == ["add/a", "add/b", "add/c"])
        #expect(second.dataset == first.dataset)
        let added = second.resolved.known("add").map(\.artifact)
        #expect(added.allSatisfy(workspace.store.contains))
        recipe.chain[1].isKept = false
        #expect(try await workspace.build(recipe).ran == [])
    }

    @Test("cut short are as good as lost, and are made whole")
    func cutShort() async throws {
        let workspace = try ToyWorkspace()
        let first = try await workspace.build(.three())
        let artifact = try #require(first.resolved.entry("multiply", "a")).artifact
        let place = URL(fileURLWithPath: workspace.store.path(of: artifact.digest))
        try Data(contentsOf: place).dropLast().write(to: place)
        #expect(try await workspace.build(.three()).ran == ["multiply/a"])
        #expect(try workspace.store.rehash(artifact.digest) == artifact.digest)
    }

    @Test("that were never kept are made again for those who need them, checked and not counted")
    func neverKept() async throws {
        let workspace = try ToyWorkspace()
        _ = try await workspace.build(.three())
        var recipe = ToyRecipe.three()
        recipe.chain[2].amount = 4
        let second = try await workspace.build(recipe)
        #expect(second.ran == ["multiply/a", "multiply/b", "multiply/c", "sum/dataset"])
        #expect(second.madeAgain == ["add/a", "add/b", "add/c"])
        #expect(second.ranCount == 4)
        let resolved = second.resolved
        #expect(resolved.known("add").allSatisfy { !workspace.store.contains($0.artifact) })
        #expect(try workspace.store.removeIncoming() == 0)
    }

    @Test("all of them, with the record still there, come back as they were")
    func wholeStore() async throws {
        let workspace = try ToyWorkspace()
        let first = try await workspace.build(.three())
        for artifact in workspace.store.all() { try workspace.store.remove(artifact.digest) }
        let second = try await workspace.build(.three())
        #expect(
            second.ran == [
                "multiply/a", "multiply/b", "multiply/c", "read/a", "read/b", "read/c", "sum/dataset",
            ])
        #expect(second.dataset == first.dataset)
        #expect(try await workspace.build(.three()).ran == [])
    }
}
