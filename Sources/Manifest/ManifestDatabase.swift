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
        pool = try ManifestError.wrap(path) {
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            configuration.maximumReaderCount = 8
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return try DatabasePool(path: path, configuration: configuration)
        }
        try migrate()
    }

    private func migrate() throws(ManifestError) {
        try ManifestError.wrap(path) {
            let version = try pool.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
            if version > ManifestSchema.version {
                throw ManifestError.newer(
                    "the manifest \(path) has version \(version), made by a newer twinset; this one reads up to "
                        + "version \(ManifestSchema.version): update twinset or use another --workspace")
            }
            guard version == 0 else { return }
            try pool.write { database in
                // Another process may have made the tables since: only in the transaction is the version certain.
                let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
                guard version == 0 else { return }
                let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
                guard tables == 0 else {
                    throw ManifestError.refused("\(path) is an SQLite file, but not a twinset manifest")
                }
                try ManifestSchema.create(database)
            }
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(ManifestError) -> Value {
        try ManifestError.wrap(path) { try pool.read(body) }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws(ManifestError) -> Value {
        try ManifestError.wrap(path) { try pool.write(body) }
    }
}
