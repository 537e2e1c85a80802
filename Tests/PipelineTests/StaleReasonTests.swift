import ContentStore
import Manifest
import Pipeline
import Testing

@Suite("The reason why a task is stale")
struct StaleReasonTests {
    /// Builds the three, then asks why `stage` of b would run in what `change` makes of the recipe.
    private func reason(
        _ stage: String, after change: (inout ToyRecipe) -> Void
    ) async throws -> StaleReason? {
        let workspace = try ToyWorkspace()
        var recipe = ToyRecipe.three()
        recipe.chain[1].libraries = ["zlib": "1.3"]
        recipe.sources[1].parameters = #"{"format":{"name":"ogg"},"rate":16}"#
        _ = try await workspace.build(recipe)
        #expect(try workspace.reason(recipe, stage, "b") == nil)
        change(&recipe)
        return try workspace.reason(recipe, stage, stage == "sum" ? "dataset" : "b")
    }

    private func number(_ value: Int) -> String { ToySource(id: "", value: value).digest.short }

    @Test("is that it never ran")
    func neverRun() async throws {
        let workspace = try ToyWorkspace()
        for (stage, subject) in [("read", "a"), ("add", "b"), ("multiply", "c"), ("sum", "dataset")] {
            #expect(
                try workspace.reason(.three(), stage, subject)
                    == StaleReason(field: "\(stage).task", old: nil, new: "never run"))
        }
    }

    @Test("is its revision, old and new")
    func revision() async throws {
        let reason = try await reason("add") { $0.chain[1].revision = 2 }
        #expect(reason == StaleReason(field: "add.revision", old: "1", new: "2"))
    }

    @Test("is a library's version, old and new, or that one is new or gone")
    func library() async throws {
        let raised = try await reason("add") { $0.chain[1].libraries["zlib"] = "1.4" }
        #expect(raised == StaleReason(field: "add.library.zlib", old: "1.3", new: "1.4"))
        let gone = try await reason("add") { $0.chain[1].libraries = [:] }
        #expect(gone == StaleReason(field: "add.library.zlib", old: "1.3", new: nil))
        let new = try await reason("add") { $0.chain[1].libraries["fftw3f"] = "3" }
        #expect(new == StaleReason(field: "add.library.fftw3f", old: nil, new: "3"))
    }

    @Test("is a parameter by its path, old and new")
    func parameter() async throws {
        let reason = try await reason("multiply") { $0.chain[2].amount = 4 }
        #expect(reason == StaleReason(field: "multiply.amount", old: "3", new: "4"))
    }

    @Test("is what distinguishes its subject, by its path, old and new, or that it is new or gone")
    func subject() async throws {
        let changed = try await reason("read") {
            $0.sources[1].parameters = #"{"format":{"name":"mp3"},"rate":16}"#
        }
        #expect(changed == StaleReason(field: "read.subject.format.name", old: "ogg", new: "mp3"))
        let gone = try await reason("read") { $0.sources[1].parameters = #"{"rate":16}"# }
        #expect(gone == StaleReason(field: "read.subject.format.name", old: "ogg", new: nil))
        let none = try await reason("read") { $0.sources[1].parameters = "" }
        #expect(none == StaleReason(field: "read.subject.format.name", old: "ogg", new: nil))
    }

    @Test("is an input that changed, by its role, with both digests")
    func inputChanged() async throws {
        let reason = try await reason("read") { $0.sources[1].value = 210 }
        #expect(reason == StaleReason(field: "read.inputs.number", old: number(200), new: number(210)))
    }

    @Test("is an input that came, by its role")
    func inputAdded() async throws {
        let reason = try await reason("read") { $0.sources[1].role = "figure" }
        #expect(reason == StaleReason(field: "read.inputs.figure", old: nil, new: number(200)))
        let workspace = try ToyWorkspace()
        var recipe = ToyRecipe.three()
        let build = try await workspace.build(recipe)
        recipe.sources.append(ToySource(id: "d", value: 300))
        // The new subject is the old c under another name, so that all it needs is there.
        let added = try #require(build.resolved.entry("multiply", "c")).artifact.digest
        #expect(
            try workspace.reason(recipe, "sum", "dataset")
                == StaleReason(field: "sum.inputs.multiply/d", old: nil, new: added.short))
    }

    @Test("is, with one source more that is not known yet, that it is not read yet")
    func unknownAdded() async throws {
        let reason = try await reason("read") { $0.sources[1].others = [Source(role: "other", digest: nil)] }
        #expect(
            reason == StaleReason(field: "read.inputs", old: nil, new: "not read yet"))
    }

    @Test("is an input that went, by its role")
    func inputRemoved() async throws {
        let workspace = try ToyWorkspace()
        var recipe = ToyRecipe.three()
        let build = try await workspace.build(recipe)
        recipe.sources.remove(at: 1)
        let removed = try #require(build.resolved.entry("multiply", "b")).artifact.digest
        #expect(
            try workspace.reason(recipe, "sum", "dataset")
                == StaleReason(field: "sum.inputs.multiply/b", old: removed.short, new: nil))
    }

    @Test("is the order of its inputs")
    func order() async throws {
        let reason = try await reason("sum") { $0.sources.swapAt(0, 2) }
        #expect(reason == StaleReason(field: "sum.inputs", old: "order", new: "another order"))
    }

    @Test("is that its artifact is not in the store")
    func lost() async throws {
        let workspace = try ToyWorkspace()
        let build = try await workspace.build(.three())
        try workspace.remove("multiply", "b", of: build)
        let recorded = try #require(build.resolved.entry("multiply", "b")).artifact.digest
        #expect(
            try workspace.reason(.three(), "multiply", "b")
                == StaleReason(field: "multiply.artifact", old: recorded.short, new: "not in the store"))
        #expect(try workspace.reason(.three(), "multiply", "a") == nil)
        #expect(try workspace.reason(.three(), "add", "b") == nil)
    }

    @Test("is, while what it reads is not made, that this must be made first")
    func waiting() async throws {
        let workspace = try ToyWorkspace()
        let build = try await workspace.build(.three())
        var recipe = ToyRecipe.three()
        recipe.sources[1].value = 210
        let before = try #require(build.resolved.entry("add", "b")).artifact.digest
        #expect(
            try workspace.reason(recipe, "multiply", "b")
                == StaleReason(field: "multiply.inputs.add", old: before.short, new: "to be made first"))
        let first = try #require(build.resolved.entry("multiply", "a")).artifact.digest
        #expect(
            try workspace.reason(recipe, "sum", "dataset")
                == StaleReason(field: "sum.inputs.multiply", old: first.short, new: "to be made first"))
        recipe.chain[2].amount = 4
        #expect(
            try workspace.reason(recipe, "multiply", "b")
                == StaleReason(field: "multiply.amount", old: "3", new: "4"))
    }

    @Test("names the first difference: revision, then library, parameter, subject and inputs")
    func precedence() async throws {
        let changes: [(field: String, change: (inout ToyRecipe) -> Void)] = [
            ("read.revision", { $0.chain[0].revision = 2 }),
            ("read.library.flac", { $0.chain[0].libraries = ["flac": "1"] }),
            ("read.amount", { $0.chain[0].amount = 20 }),
            ("read.subject.rate", { $0.sources[1].parameters = #"{"format":{"name":"ogg"},"rate":8}"# }),
            ("read.inputs.number", { $0.sources[1].value = 210 }),
        ]
        for first in changes.indices {
            let reason = try await reason("read") { recipe in
                for later in changes[first...] { later.change(&recipe) }
            }
            #expect(reason?.field == changes[first].field)
        }
    }
}
