import ContentStore
import Manifest

/// Removes what no kept build needs: of every recipe the last builds are kept.
package struct GarbageCollection: Sendable {
    package struct Report: Codable, Sendable {
        package var removedBuilds = 0
        package var keptBuilds = 0
        package var removedArtifacts = 0
        package var removedBytes = 0
        package var keptArtifacts = 0
        package var keptBytes = 0
    }

    package let workspace: Workspace
    /// How many builds of each recipe stay.
    package let keep: Int

    package init(workspace: Workspace, keep: Int) {
        self.workspace = workspace
        self.keep = keep
    }

    /// Says what would be removed and, unless `dryRun`, removes it. `onWait` is told who else holds the workspace, if
    /// anybody does.
    package func run(dryRun: Bool, onWait: (String) -> Void = { _ in }) async throws -> Report {
        let opened = try workspace.openExisting()
        let lock = try WorkspaceLock.acquire(workspace, onWait: onWait)
        var counts: [String: Int] = [:]
        var dropped: [Int] = []
        var kept: [Int] = []
        for build in try opened.ledger.builds() {
            counts[build.recipe, default: 0] += 1
            if counts[build.recipe, default: 0] > keep {
                dropped.append(build.number)
            } else {
                kept.append(build.number)
            }
        }
        let needed = try Inventory(opened.database).artifacts(ofBuilds: kept)
        var report = Report(removedBuilds: dropped.count, keptBuilds: kept.count)
        if !dryRun { try await ManifestWriter(opened.database).forget(builds: dropped) }
        for artifact in opened.store.all() {
            if needed.contains(artifact.digest) {
                report.keptArtifacts += 1
                report.keptBytes += artifact.byteCount
            } else {
                report.removedArtifacts += 1
                report.removedBytes += artifact.byteCount
                if !dryRun { try opened.store.remove(artifact.digest) }
            }
        }
        if !dryRun { _ = try opened.store.removeIncoming() }
        _ = consume lock
        return report
    }
}
