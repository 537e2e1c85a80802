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

    /// Reads every artifact that should be there, `jobs` at a time.
    package func run() async throws -> Report {
        let opened = try workspace.openExisting()
        let inventory = Inventory(opened.database)
        let kept = try inventory.kept()
        let store = opened.store
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
            report.damage.append(
                Damage(
                    digest: digest, what: what, path: store.path(of: digest),
                    madeBy: try inventory.makers(of: digest).map { "\($0.stage) \($0.subject)" },
                    affects: try inventory.readers(of: digest).map { "\($0.stage) \($0.subject)" }))
        }
        return report
    }

    private static func damage(_ artifact: Artifact, _ store: Store) throws(StoreError) -> String? {
        guard let size = store.byteCount(of: artifact.digest) else { return "missing" }
        guard size == artifact.byteCount else { return "wrong size" }
        return try store.rehash(artifact.digest) == artifact.digest ? nil : "changed"
    }

    /// Removes damaged artifacts, so that the next build makes them again; their records stay, and what is made
    /// again must have the same digest.
    package func removeDamaged(_ report: Report) throws {
        let lock = try WorkspaceLock.acquire(workspace) { _ in }
        let store = Store(reading: workspace.storePath)
        for damage in report.damage { try store.remove(damage.digest) }
        _ = consume lock
    }
}
