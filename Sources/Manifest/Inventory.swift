package import ContentStore
internal import Foundation
internal import GRDB

/// What a manifest holds, for people: artifacts, and what an id is and comes from.
package struct Inventory: Sendable {
    let database: ManifestDatabase

    package init(_ database: ManifestDatabase) { self.database = database }

    /// A recorded task with its artifact.
    package struct Entry: Codable, Sendable {
        package let stage: String
        /// The pack, or `dataset`, or a shard of pairs.
        package let subject: String
        package let speaker: String?
        package let digest: Digest
        package let bytes: Int
        package let rows: Int
        package let isKept: Bool
        package let key: Digest
        package let builds: [Int]
        /// Where the artifact is; set by the caller, who knows the store.
        package var path: String?
    }

    /// The tasks of the last build of each recipe, or with `all` every task recorded.
    package func entries(stage: String? = nil, all: Bool = false) throws(ManifestError) -> [Entry] {
        try find("(?1 IS NULL OR task.stage_name = ?1)" + (all ? "" : " AND \(Inventory.isCurrent)"), [stage])
    }

    /// The tasks of a stage in one build, in the order of the build: packs as its rows count them.
    package func entries(stage: String, ofBuild build: Int) throws(ManifestError) -> [Entry] {
        try database.read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT stage_name, subject, artifact, bytes, examples, pairs, utterances, kept, key, CAST(build AS TEXT)
                    FROM build_task JOIN task ON task.id = build_task.task
                        JOIN artifact ON artifact.digest = task.artifact
                    WHERE build = ?1 AND stage_name = ?2 ORDER BY position
                    """)
            return try Row.fetchAll(statement, arguments: [build, stage]).map(Inventory.entry)
        }
    }

    /// The tasks whose artifact or key starts with `prefix`, hexadecimal digits.
    package func entries(prefix: String) throws(ManifestError) -> [Entry] {
        let pattern = prefix.uppercased() + "%"
        return try find("hex(task.artifact) LIKE ?1 OR hex(task.key) LIKE ?1", [pattern])
    }

    /// The tasks that read what this task made: for the same subject, as one of many, or in a list of all that its
    /// stage made in a build. The digest alone does not tell: other subjects may have come to the same bytes.
    package func readers(of entry: Entry) throws(ManifestError) -> [Entry] {
        try find(
            """
            (task.subject = ?3 AND task.id IN (SELECT task FROM task_input WHERE digest = ?1 AND role = ?2))
            OR task.id IN (SELECT task FROM task_input WHERE digest = ?1 AND role = ?2 || '/' || ?3)
            OR task.id IN (
                SELECT input.task FROM task_input AS input
                WHERE input.role = ?2 AND input.digest NOT IN (SELECT digest FROM artifact) AND input.task IN (
                    SELECT other.task FROM build_task AS other JOIN build_task AS made ON other.build = made.build
                    WHERE made.task = (SELECT id FROM task WHERE key = ?4)))
            """, [entry.digest.blob, entry.stage, entry.subject, entry.key.blob])
    }

    /// The tasks that made the artifact `digest`.
    package func makers(of digest: Digest) throws(ManifestError) -> [Entry] {
        try find("task.artifact = ?1", [digest.blob])
    }

    /// What the task with this key read.
    package func inputs(of key: Digest) throws(ManifestError) -> [TaskInput] {
        try database.read { database in
            let task = try Int64.fetchOne(
                database, sql: "SELECT id FROM task WHERE key = ?", arguments: [key.blob])
            return try task.map { try Ledger.inputs(ofTask: $0, in: database) } ?? []
        }
    }

    /// The utterances with this id, with the key of the ingest task that found them.
    package func utterances(id: String) throws(ManifestError) -> [(row: UtteranceRow, key: Digest)] {
        try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT utterance.*, task.key FROM utterance JOIN task ON task.id = utterance.task
                    WHERE utterance.id = ? ORDER BY task.id DESC
                    """, arguments: [id]
            ).map { (try Ledger.utterance($0), try $0.digest(11)) }
        }
    }

    /// The quarantined utterances of the last build of each recipe, and of what was run since without finishing.
    package func quarantine(utterance: String? = nil) throws(ManifestError) -> [QuarantineRow] {
        try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT quarantine.* FROM quarantine JOIN task ON task.id = quarantine.task
                    WHERE (?1 IS NULL OR utterance = ?1)
                        AND (\(Inventory.isCurrent) OR task.id NOT IN (SELECT task FROM build_task)) ORDER BY task.id, position
                    """, arguments: [utterance]
            ).map(Ledger.quarantineRow)
        }
    }

    /// The parameters the stage of this task had, as canonical JSON.
    package func parameters(of key: Digest) throws(ManifestError) -> String? {
        try database.read { database in
            try String.fetchOne(
                database,
                sql: "SELECT parameters FROM stage JOIN task ON task.stage = stage.id WHERE task.key = ?",
                arguments: [key.blob])
        }
    }

    /// Every artifact that should be in the store.
    package func kept() throws(ManifestError) -> [Artifact] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT digest, bytes FROM artifact WHERE kept ORDER BY digest")
                .map {
                    Artifact(digest: try $0.digest(0), byteCount: $0[1])
                }
        }
    }

    /// The artifacts that these builds are made of.
    package func artifacts(ofBuilds builds: [Int]) throws(ManifestError) -> Set<Digest> {
        try database.read { database in
            var digests: Set<Digest> = []
            for build in builds {
                let rows = try Row.fetchAll(
                    database,
                    sql:
                        "SELECT artifact FROM task JOIN build_task ON build_task.task = task.id WHERE build = ?",
                    arguments: [build])
                for row in rows { digests.insert(try row.digest(0)) }
            }
            return digests
        }
    }

    private static let isCurrent = """
        task.id IN (SELECT task FROM build_task WHERE build IN (SELECT max(id) FROM build GROUP BY recipe))
        """

    private func find(_ condition: String, _ values: [(any DatabaseValueConvertible)?]) throws(ManifestError)
        -> [Entry]
    {
        try database.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT stage_name, subject, artifact, bytes, examples, pairs, utterances, kept, key,
                        (SELECT group_concat(build) FROM build_task WHERE task = task.id)
                    FROM task JOIN artifact ON artifact.digest = task.artifact WHERE \(condition) ORDER BY task.id
                    """, arguments: StatementArguments(values))
            return try rows.map(Inventory.entry)
        }
    }

    private static func entry(_ row: Row) throws -> Entry {
        let subject: String = row[1]
        let parts = subject.split(separator: "/")
        let counts: [Int] = [row[5], row[4], row[6]]
        return Entry(
            stage: row[0], subject: subject, speaker: parts.count >= 3 ? String(parts[1]) : nil,
            digest: try row.digest(2), bytes: row[3], rows: counts.first { $0 > 0 } ?? 0, isKept: row[7],
            key: try row.digest(8),
            builds: ((row[9] as String?) ?? "").split(separator: ",").compactMap { Int($0) }, path: nil)
    }
}
