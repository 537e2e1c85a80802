import ContentStore
import Manifest
import Pipeline
import Testing

@Suite("A plan")
struct PlanTests {
    /// What a plan says of each task, as `stage/subject`.
    private struct Verdict {
        var stale: Set<String> = []
        var waiting: Set<String> = []
        var upToDate: Set<String> = []

        init(_ plans: [LayerPlan]) {
            for plan in plans {
                for (spec, column) in zip(plan.layer.stages, plan.states) {
                    for (subject, state) in zip(plan.layer.subjects, column) {
                        let task = "\(spec.name)/\(subject.id)"
                        switch state {
                        case .upToDate: upToDate.insert(task)
                        case .waiting: waiting.insert(task)
                        default: stale.insert(task)
                        }
                    }
                }
            }
        }
    }

    @Test("tells what must run from what waits for it and from what is up to date")
    func states() async throws {
        let workspace = try ToyWorkspace()
        let fresh = Verdict(try workspace.plan(.three()))
        #expect(fresh.stale == ["read/a", "read/b", "read/c"])
        #expect(fresh.waiting.count == 7 && fresh.upToDate.isEmpty)
        _ = try await workspace.build(.three())
        #expect(Verdict(try workspace.plan(.three())).upToDate.count == 10)
        var recipe = ToyRecipe.three()
        recipe.sources[1].isKnown = false
        recipe.chain[2].amount = 4
        let changed = Verdict(try workspace.plan(recipe))
        #expect(changed.stale == ["read/b", "multiply/a", "multiply/c"])
        #expect(changed.waiting == ["add/b", "multiply/b", "sum/dataset"])
        #expect(changed.upToDate == ["read/a", "read/c", "add/a", "add/c"])
    }

    @Test("is up to date as a whole only when every task is")
    func whole() async throws {
        let workspace = try ToyWorkspace()
        #expect(try workspace.plan(.three()).map(\.isUpToDate) == [false, false])
        _ = try await workspace.build(.three())
        #expect(try workspace.plan(.three()).map(\.isUpToDate) == [true, true])
        var recipe = ToyRecipe.three()
        recipe.sum.revision = 2
        #expect(try workspace.plan(recipe).map(\.isUpToDate) == [true, false])
    }

    @Test("runs nothing and changes nothing")
    func pure() async throws {
        let workspace = try ToyWorkspace()
        _ = try workspace.plan(.three())
        #expect(workspace.store.all() == [])
        #expect(workspace.log.ran == [])
        #expect(try await workspace.build(.three()).ranCount == 10)
    }

    @Test("calls a task up to date that does not read what must run, and it does not run")
    func diamond() async throws {
        let workspace = try ToyWorkspace()
        var recipe = ToyRecipe.three()
        // multiply reads what read made, and nothing of add.
        recipe.chain[2].inputs = [.own("read")]
        _ = try await workspace.build(recipe)
        recipe.chain[1].revision = 2
        #expect(Verdict(try workspace.plan(recipe)).stale == ["add/a", "add/b", "add/c"])
        let second = try await workspace.build(recipe)
        #expect(second.ran == ["add/a", "add/b", "add/c"])
        #expect(second.ranCount == 3 && second.upToDateCount == 7)
    }

    /// A change of the recipe or the store drawn from `draw`.
    private func change(
        _ recipe: inout ToyRecipe, _ workspace: borrowing ToyWorkspace, _ draw: inout SplitMix
    ) throws {
        let position = Int(draw.next() % 3)
        switch draw.next() % 8 {
        case 0: recipe.chain[position].amount = [10, 12, 14][Int(draw.next() % 3)]
        case 1: recipe.chain[position].revision = Int(draw.next() % 3)
        case 2: recipe.sources[position].value = 100 * position + Int(draw.next() % 40)
        case 3: recipe.sources[position].isKnown.toggle()
        case 4: recipe.chain[0].mayCutOff.toggle()
        case 5: recipe.chain[1].isKept.toggle()
        case 6: recipe.sum.amount = Int(draw.next() % 2)
        default:
            let stored = workspace.store.all()
            if !stored.isEmpty {
                try workspace.store.remove(stored[Int(draw.next() % UInt64(stored.count))].digest)
            }
        }
    }

    @Test(
        "agrees with the build that follows, whatever was changed: the stale run, the up to date do not",
        arguments: 1...4)
    func agreement(seed: UInt64) async throws {
        let workspace = try ToyWorkspace()
        var draw = SplitMix(state: seed)
        var recipe = ToyRecipe.three()
        for _ in 0..<15 {
            for _ in 0..<(1 + draw.next() % 3) { try change(&recipe, workspace, &draw) }
            let verdict = Verdict(try workspace.plan(recipe))
            let build = try await workspace.build(recipe, jobs: 2)
            let ran = Set(build.ran)
            #expect(verdict.stale.isSubset(of: ran))
            #expect(verdict.upToDate.isDisjoint(with: ran))
            #expect(ran.isSubset(of: verdict.stale.union(verdict.waiting)))
            #expect(build.ran.count == build.ranCount)
            #expect(build.ranCount + build.upToDateCount == 10)
            let known = recipe.sources.allSatisfy(\.isKnown)
            if known { #expect(try await workspace.build(recipe).ran == []) }
            let fresh = try ToyWorkspace()
            #expect(try await fresh.build(recipe).dataset == build.dataset)
        }
    }
}

/// Numbers that look random, the same on every run.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
