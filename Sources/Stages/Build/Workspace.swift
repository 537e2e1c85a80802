import ContentStore
import Foundation
import Manifest

/// A folder with a manifest and a store. It can be moved or copied whole.
///
///     .twinset/manifest.sqlite    what was asked and answered
///     .twinset/store/             the artifacts, by digest
///     .twinset/lock               held by the one build that runs
package struct Workspace: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    package var storePath: String { path + "/store" }
    package var manifestPath: String { path + "/manifest.sqlite" }

    /// The open parts of a workspace.
    package struct Opened: Sendable {
        package let store: Store
        package let database: ManifestDatabase
        package var ledger: Ledger { Ledger(database) }
    }

    /// Opens the workspace for writing, making it where it is not there.
    package func open() throws -> Opened {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return Opened(
            store: try Store(root: storePath),
            database: try ManifestDatabase(path: manifestPath, create: true))
    }

    /// Opens a workspace that is there already.
    package func openExisting() throws -> Opened {
        Opened(
            store: Store(reading: storePath),
            database: try ManifestDatabase(path: manifestPath, create: false))
    }
}
