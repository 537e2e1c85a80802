import ContentStore
import Manifest
import Pipeline
import Testing

/// The engine, tested by counting what ran: read → add → multiply for three sources, then one sum.
@Suite("A second build")
struct IncrementalTests {
    private static let everything = [
        "add/a", "add/b", "add/c", "multiply/a", "multiply/b", "multiply/c", "read/a", "read/b", "read/c",
        "sum/dataset",
    ]
    private static let fromAdd = [
        "add/a", "add/b", "add/c", "multiply/a", "multiply/b", "multiply/c", "sum/dataset",
    ]

    @Test("after a first that ran all, of the same recipe, runs nothing and names the same dataset")
    func nullBuild() async throws {
        let workspace = try ToyWorkspace()
        let first = try await workspace.build(.three())
        #expect(first.ran == IncrementalTests.everything)
        #expect(first.ranCount == 10 && first.upToDateCount == 0)
        // ((100 + 200 + 300) / 10 + 3 · 5) · 3
        #expect(first.total == 225)
        let second = try await workspace.build(.three())
        #expect(second.ran == [])
        #expect(second.ranCount == 0 && second.upToDateCount == 10)
        #expect(second.dataset == first.dataset)
        #expect(second.total == 225)
    }

    @Test("with one parameter changed runs that stage and what follows, and changing it back runs nothing")
    func parameter() async throws {
        let workspace = try ToyWorkspace()
        let first = try await workspace.build(.three())
        var recipe = ToyRecipe.three()
        recipe.chain[1].amount = 6
        let changed = try await workspace.build(recipe)
        #expect(changed.ran == IncrementalTests.fromAdd)
        #expect(changed.ranCount == 7 && changed.upToDateCount == 3)
        #expect(changed.total == 234)
        #expect(changed.dataset != first.dataset)
        let back = try await workspace.build(.three())
        #expect(back.ran == [] && back.ranCount == 0 && back.upToDateCount == 10)
        #expect(back.dataset == first.dataset)
    }

    @Test("with the last stage's parameter changed runs nothing before it")
    func lastParameter() async throws {
        let workspace = try ToyWorkspace()
        _ = try await workspace.build(.three())
        var recipe = ToyRecipe.three()
        recipe.chain[2].amount = 4
        #expect(
            try await workspace.build(recipe).ran == [
                "multiply/a", "multiply/b", "multiply/c", "sum/dataset",
            ])
        recipe.sum.amount = 1
        #expect(try await workspace.build(recipe).ran == ["sum/dataset"])
    }

    @Test(
        "with a stage's revision or one of its libraries changed runs that stage and what its new bytes concern"
    )
    func revisionAndLibrary() async throws {
        let workspace = try ToyWorkspace()
        let first = try await workspace.build(.three())
        var recipe = ToyRecipe.three()
        recipe.chain[1].revision = 2
        // The bytes are the same, so the sum, which reads only their digests, has its answer.
        let revised = try await workspace.build(recipe)
        #expect(revised.ran == IncrementalTests.fromAdd.dropLast())
        #expect(revised.dataset == first.dataset)
        recipe.chain[2].libraries = ["fftw3f": "3.3.10"]
        let linked = ["multiply/a", "multiply/b", "multiply/c"]
        #expect(try await workspace.build(recipe).ran == linked)
        recipe.chain[2].libraries = ["fftw3f": "3.3.11"]
        #expect(try await workspace.build(recipe).ran == linked)
        #expect(try await workspace.build(recipe).ran == [])
    }

    @Test("with one source changed runs the stages of its subject and those of the dataset")
    func source() async throws {
        let workspace = try ToyWorkspace()
        let first = try await workspace.build(.three())
        var recipe = ToyRecipe.three()
        recipe.sources[1].value = 210
        let changed = try await workspace.build(recipe)
        #expect(changed.ran == ["add/b", "multiply/b", "read/b", "sum/dataset"])
        #expect(changed.ranCount == 4 && changed.upToDateCount == 6)
        #expect(changed.recorded == ["b"])
        #expect(changed.total == 228)
        #expect(changed.dataset != first.dataset)
        #expect(try await workspace.build(.three()).ran == [])
    }

    @Test("with a subject's parameters or its source's role changed runs the stages of that subject")
    func subjectParameters() async throws {
        let workspace = try ToyWorkspace()
        _ = try await workspace.build(.three())
        var recipe = ToyRecipe.three()
        recipe.sources[2].parameters = #"{"libsndfile":"1.2.2"}"#
        let chain = ["add/c", "multiply/c", "read/c"]
        #expect(try await workspace.build(recipe).ran == chain)
        recipe.sources[2].role = "other"
        #expect(try await workspace.build(recipe).ran == ["read/c"])
    }

    @Test("with a subject more runs its stages, and with one less only what is over all of them")
    func subjects() async throws {
        let workspace = try ToyWorkspace()
        let first = try await workspace.build(.three())
        var recipe = ToyRecipe.three()
        recipe.sources.insert(ToySource(id: "bb", value: 250), at: 2)
        let more = try await workspace.build(recipe)
        #expect(more.ran == ["add/bb", "multiply/bb", "read/bb", "sum/dataset"])
        #expect(more.resolved.known("read").map(\.subject) == ["a", "b", "bb", "c"])
        #expect(more.total == 315)
        recipe.sources.remove(at: 0)
        let less = try await workspace.build(recipe)
        #expect(less.ran == ["sum/dataset"])
        #expect(less.total == 270)
        let back = try await workspace.build(.three())
        #expect(back.ran == [])
        #expect(back.dataset == first.dataset)
    }

    @Test("with a subject under another name does its own work no second time")
    func renamedSubject() async throws {
        let workspace = try ToyWorkspace()
        let first = try await workspace.build(.three())
        var recipe = ToyRecipe.three()
        recipe.sources[2].id = "d"
        let renamed = try await workspace.build(recipe)
        #expect(renamed.ran == ["sum/dataset"])
        #expect(renamed.total == first.total)
        #expect(renamed.dataset != first.dataset)
    }

    @Test("in another workspace names the same dataset")
    func elsewhere() async throws {
        let one = try ToyWorkspace()
        let other = try ToyWorkspace()
        let first = try await one.build(.three())
        let second = try await other.build(.three())
        #expect(first.dataset == second.dataset)
        #expect(second.ran == IncrementalTests.everything)
    }

    @Test("of no subjects at all runs only what is over all of them")
    func nothing() async throws {
        let workspace = try ToyWorkspace()
        var recipe = ToyRecipe.three()
        recipe.sources = []
        #expect(try await workspace.build(recipe).ran == ["sum/dataset"])
        #expect(try await workspace.build(recipe).ran == [])
    }

    @Test("reads a stage over all subjects as one list just as well as one by one")
    func list() async throws {
        let workspace = try ToyWorkspace()
        var recipe = ToyRecipe.three()
        recipe.sum.inputs = [.list("multiply")]
        #expect(try await workspace.build(recipe).ran == IncrementalTests.everything)
        #expect(try await workspace.build(recipe).ran == [])
        recipe.sources[0].value = 110
        #expect(try await workspace.build(recipe).ran == ["add/a", "multiply/a", "read/a", "sum/dataset"])
        recipe.sources.swapAt(0, 1)
        #expect(try await workspace.build(recipe).ran == ["sum/dataset"])
    }
}
