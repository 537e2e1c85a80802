internal import Foundation
internal import GRDB

/// The open SQLite file of a workspace. Readers and the one writer share it.
package struct ManifestDatabase: Sendable {
    package let path: String
    let pool: DatabasePool

    /// Opens the manifest at `path`, making it when `create` and it is not there.
    package init(path: String, create: Bool) throws(ManifestError) {
        self.path = path
        guard create || FileManager.default.fileExists(atPath: path) else {
            throw .missing(
                "there is no manifest at \(path); build something there first, or name another --workspace")
        }
        if FileManager.default.fileExists(atPath: path) { try ManifestDatabase.check(path) }
        pool = try ManifestError.wrap(path) {
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            configuration.maximumReaderCount = 8
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return try DatabasePool(path: path, configuration: configuration)
        }
        try createTables()
    }

    /// Refuses a file that is not ours or is newer, without writing to it, as opening a pool does.
    private static func check(_ path: String) throws(ManifestError) {
        let (tables, application, version) = try ManifestError.wrap(path) {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(10)
            return try DatabaseQueue(path: path, configuration: configuration).read { database in
                (
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0,
                    try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
                    try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
                )
            }
        }
        let isEmpty = tables == 0 && application == 0 && version == 0
        // Another program's file may have any version: only the application id tells it from ours.
        guard application == ManifestSchema.applicationID || isEmpty else {
            throw .refused("\(path) is an SQLite file, but not a twinset manifest; use another --workspace")
        }
        guard version <= ManifestSchema.version else {
            throw .newer(
                "the manifest \(path) has version \(version), made by a newer twinset; this one reads up to "
                    + "version \(ManifestSchema.version): update twinset or use another --workspace")
        }
    }

    /// Makes the tables of a new manifest.
    private func createTables() throws(ManifestError) {
        guard try read({ try Int.fetchOne($0, sql: "PRAGMA user_version") }) == 0 else { return }
        try write { database in
            // Another process may have made them in the meantime.
            guard try Int.fetchOne(database, sql: "PRAGMA user_version") == 0 else { return }
            try ManifestSchema.create(database)
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(ManifestError) -> Value {
        try ManifestError.wrap(path) { try pool.read(body) }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws(ManifestError) -> Value {
        try ManifestError.wrap(path) { try pool.write(body) }
    }
}
