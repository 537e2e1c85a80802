import ContentStore
import Manifest
import Pipeline
import Synchronization
import TestSupport

/// A workspace of its own to build toy recipes in.
struct ToyWorkspace: ~Copyable {
    let folder: TemporaryFolder
    let store: Store
    let ledger: Ledger
    let writer: ManifestWriter
    let log = ToyLog()

    init() throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path + "/store")
        let database = try ManifestDatabase(path: folder.path + "/manifest.sqlite", create: true)
        self.folder = folder
        self.store = store
        ledger = Ledger(database)
        writer = ManifestWriter(database)
    }

    /// What a build came to.
    struct Build {
        /// The tasks that ran, sorted, as the workers noted them.
        let ran: [String]
        /// The tasks that were done again only to get what was not kept, sorted.
        let madeAgain: [String]
        /// Each order a worker got, its subject and its stages, in the order in which they came.
        let orders: [String]
        let ranCount: Int
        let upToDateCount: Int
        let resolved: Resolved
        /// The subjects in the order in which they were recorded.
        let recorded: [String]

        var dataset: Digest { resolved.datasetDigest }
        /// What `sum` came to.
        var total: Int? { resolved.entry("sum", "dataset")?.counts.examples }
    }

    /// Runs what is missing of `recipe`; what happened before in the log is cleared, faults included, afterwards.
    func build(_ recipe: ToyRecipe, jobs: Int = 1) async throws -> Build {
        let log = log
        defer { log.clear() }
        let runner = Runner(ledger: ledger, store: store, writer: writer, jobs: jobs, host: "here")
        let planner = Planner(ledger: ledger, store: store)
        var resolved = Resolved()
        let recorded = RecordedSubjects()
        let chain = try await runner.run(
            try planner.plan(try recipe.chainLayer(), after: resolved), after: &resolved,
            makeWorker: { [store] in ToyWorker(recipe: recipe, store: store, log: log) },
            onRecorded: { subject, _ in recorded.append(subject.id) })
        let entries = resolved.known(recipe.chain.last?.name ?? "")
        let sum = try await runner.run(
            try planner.plan(try recipe.sumLayer(), after: resolved), after: &resolved,
            makeWorker: { [store] in ToySumWorker(recipe: recipe, entries: entries, store: store, log: log) })
        return Build(
            ran: log.ran, madeAgain: log.madeAgain, orders: log.orders,
            ranCount: chain.ranCount + sum.ranCount,
            upToDateCount: chain.upToDateCount + sum.upToDateCount, resolved: resolved, recorded: recorded.all
        )
    }

    /// What a build would run and why: the chain's layer, then the sum's.
    func plan(_ recipe: ToyRecipe) throws -> [LayerPlan] {
        let planner = Planner(ledger: ledger, store: store)
        var resolved = Resolved()
        let chain = try planner.plan(try recipe.chainLayer(), after: resolved)
        chain.add(to: &resolved)
        return [chain, try planner.plan(try recipe.sumLayer(), after: resolved)]
    }

    /// Why `stage` of `subject` would run, or nil when it would not.
    func reason(_ recipe: ToyRecipe, _ stage: String, _ subject: String) throws -> StaleReason? {
        for plan in try plan(recipe) {
            guard let row = plan.layer.stages.firstIndex(where: { $0.name == stage }),
                let column = plan.layer.subjects.firstIndex(where: { $0.id == subject })
            else { continue }
            return plan.states[row][column].reason
        }
        return nil
    }

    /// The artifact recorded for a task of `build`.
    func remove(_ stage: String, _ subject: String, of build: Build) throws {
        if let entry = build.resolved.entry(stage, subject) { try store.remove(entry.artifact.digest) }
    }
}

/// Subjects in the order in which they came.
final class RecordedSubjects: Sendable {
    private let names = Mutex<[String]>([])
    var all: [String] { names.withLock { $0 } }
    func append(_ name: String) { names.withLock { $0.append(name) } }
}
