import ContentStore
import Manifest

/// The artifacts of a workspace, with where they are.
package enum ArtifactList {
    /// Of every recipe the last build's, or with `all` everything recorded; of one stage or of every one.
    package static func read(
        _ workspace: Workspace, stage: String?, all: Bool
    ) throws -> [Inventory.Entry] {
        let opened = try workspace.openExisting()
        var entries = try Inventory(opened.database).entries(stage: stage, all: all)
        for index in entries.indices where opened.store.byteCount(of: entries[index].digest) != nil {
            entries[index].path = opened.store.path(of: entries[index].digest)
        }
        return entries
    }
}
