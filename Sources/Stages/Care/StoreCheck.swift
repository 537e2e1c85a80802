import ContentStore
import Manifest

/// Rehashes every stored artifact and says what is damaged and what that affects.
package struct StoreCheck: Sendable {
    package struct Damage: Codable, Sendable {
        package let digest: Digest
        /// `missing`, or `changed`, or `wrong size`.
        package let what: String
        package let path: String
        /// The tasks that made it, as `stage subject`.
        package let madeBy: [String]
        /// The tasks that read it.
        package let affects: [String]
    }

    package struct Report: Codable, Sendable {
        package var checked = 0
        package var bytes = 0
        package var damage: [Damage] = []
    }

    package let workspace: Workspace
    package let jobs: Int

    package init(workspace: Workspace, jobs: Int) {
        self.workspace = workspace
        self.jobs = jobs
    }

    /// Reads every artifact that should be there, and every other in the store, `jobs` at a time.
    package func run() async throws -> Report {
        let opened = try workspace.openExisting()
        let inventory = Inventory(opened.database)
        let store = opened.store
        let recorded = try inventory.kept()
        let known = Set(recorded.map(\.digest))
        let kept = recorded + store.all().filter { !known.contains($0.digest) }
        let queue = NextIndex()
        let found = try await withThrowingTaskGroup(of: [(Int, String)].self) { group in
            for _ in 0..<jobs {
                group.addTask {
                    var found: [(Int, String)] = []
                    while let index = queue.take(below: kept.count) {
                        if let what = try StoreCheck.damage(kept[index], store) {
                            found.append((index, what))
                        }
                    }
                    return found
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        var report = Report(checked: kept.count, bytes: kept.reduce(0) { $0 + $1.byteCount })
        for (index, what) in found.sorted(by: { $0.0 < $1.0 }) {
            let digest = kept[index].digest
            let makers = try inventory.makers(of: digest)
            let readers = try makers.flatMap { try inventory.readers(of: $0) }
            report.damage.append(
                Damage(
                    digest: digest, what: what, path: store.path(of: digest),
                    madeBy: StoreCheck.names(makers), affects: StoreCheck.names(readers)))
        }
        return report
    }

    /// Stage and subject of each, once: tasks with other parameters may have done the same work.
    private static func names(_ entries: [Inventory.Entry]) -> [String] {
        var seen: Set<String> = []
        return entries.map { "\($0.stage) \($0.subject)" }.filter { seen.insert($0).inserted }
    }

    private static func damage(_ artifact: Artifact, _ store: Store) throws(StoreError) -> String? {
        guard let size = store.byteCount(of: artifact.digest) else { return "missing" }
        guard size == artifact.byteCount else { return "wrong size" }
        return try store.rehash(artifact.digest) == artifact.digest ? nil : "changed"
    }

    /// Removes damaged artifacts, so that the next build makes them again; their records stay, and what is made
    /// again must have the same digest.
    package func removeDamaged(_ report: Report, onWait: (String) -> Void) throws {
        let lock = try WorkspaceLock.acquire(workspace, onWait: onWait)
        let store = Store(reading: workspace.storePath)
        for damage in report.damage { try store.remove(damage.digest) }
        _ = consume lock
    }
}
