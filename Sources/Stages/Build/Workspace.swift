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

    /// Calls `body` with the workspace open for looking only; one that is not there yet is an empty one, and stays
    /// away.
    func withOpenForReading<Value>(_ body: (Opened) async throws -> Value) async throws -> Value {
        if FileManager.default.fileExists(atPath: manifestPath) { return try await body(try openExisting()) }
        let empty = FileManager.default.temporaryDirectory
            .appendingPathComponent("twinset-\(ProcessInfo.processInfo.globallyUniqueString)")
        try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: empty) }
        let database = try ManifestDatabase(path: empty.path + "/manifest.sqlite", create: true)
        return try await body(Opened(store: Store(reading: storePath), database: database))
    }
}
