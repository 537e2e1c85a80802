package import ContentStore
internal import Foundation
internal import GRDB

/// What has been asked and answered: read-only questions to a manifest.
package struct Ledger: Sendable {
    let database: ManifestDatabase
    /// The build that a new one is compared with: what it asked comes before what was asked later by others.
    let reference: Int?

    package init(_ database: ManifestDatabase, reference: Int? = nil) {
        self.database = database
        self.reference = reference
    }

    /// An answer already recorded.
    package struct Answer: Sendable {
        package let artifact: Artifact
        package let isKept: Bool
        package let counts: TaskCounts
    }

    /// The recorded answer to the question with this key, or nil.
    package func answer(to key: TaskKey) throws(ManifestError) -> Answer? {
        try database.read { database in try Ledger.answer(to: key, in: database) }
    }

    /// The answers to several questions in one read.
    package func answers(to keys: [TaskKey]) throws(ManifestError) -> [Answer?] {
        try database.read { database in try keys.map { try Ledger.answer(to: $0, in: database) } }
    }

    private static func answer(to key: TaskKey, in database: Database) throws -> Answer? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT artifact, bytes, kept, utterances, quarantined, short, examples, pairs, audio_seconds
                FROM task JOIN artifact ON artifact.digest = task.artifact WHERE key = ?
                """)
        guard let row = try Row.fetchOne(statement, arguments: [key.digest.blob]) else { return nil }
        var counts = TaskCounts()
        counts.utterances = row[3]
        counts.quarantined = row[4]
        counts.short = row[5]
        counts.examples = row[6]
        counts.pairs = row[7]
        counts.audioSeconds = row[8]
        return Answer(
            artifact: Artifact(digest: try row.digest(0), byteCount: row[1]), isKept: row[2], counts: counts)
    }

    /// The question that `stage` was asked about `subject` in the reference build, or else last; nil when there was
    /// none.
    package func lastQuestion(stage: String, subject: String) throws(ManifestError) -> TaskQuestion? {
        try database.read { database in
            let find = try database.cachedStatement(
                sql: """
                    SELECT task.id, revision, parameters, libraries, subject_parameters
                    FROM task JOIN stage ON stage.id = task.stage
                    WHERE stage_name = ?1 AND subject = ?2
                    ORDER BY task.id IN (SELECT task FROM build_task WHERE build = ?3) DESC, task.id DESC LIMIT 1
                    """)
            guard let row = try Row.fetchOne(find, arguments: [stage, subject, reference]) else { return nil }
            let libraries = try CanonicalJSON.decode([String: String].self, from: row[3])
            let identity = StageIdentity(
                name: stage, revision: row[1], parameters: row[2], libraries: libraries)
            return TaskQuestion(
                stage: identity, subject: subject, subjectParameters: row[4],
                inputs: try Ledger.inputs(ofTask: row[0], in: database))
        }
    }

    static func inputs(ofTask task: Int64, in database: Database) throws -> [TaskInput] {
        let statement = try database.cachedStatement(
            sql: "SELECT role, digest FROM task_input WHERE task = ? ORDER BY position")
        return try Row.fetchAll(statement, arguments: [task]).map {
            TaskInput(role: $0[0], digest: try $0.digest(1))
        }
    }

    /// The subjects `stage` was ever asked about.
    package func subjects(of stage: String) throws(ManifestError) -> Set<String> {
        try database.read { database in
            try String.fetchSet(
                database, sql: "SELECT DISTINCT subject FROM task WHERE stage_name = ?", arguments: [stage])
        }
    }

    /// The utterances that the ingest task with this key found, in order.
    package func utterances(of key: TaskKey) throws(ManifestError) -> [UtteranceRow] {
        try database.read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT utterance.* FROM utterance JOIN task ON task.id = utterance.task
                    WHERE key = ? ORDER BY position
                    """)
            return try Row.fetchAll(statement, arguments: [key.digest.blob]).map(Ledger.utterance)
        }
    }

    static func utterance(_ row: Row) throws -> UtteranceRow {
        UtteranceRow(
            corpus: row[2], id: row[3], speaker: row[4], session: row[5], sampleRate: row[6],
            sampleCount: row[7],
            source: try row.digest(8), audio: try row.digest(9), path: row[10])
    }

    /// The quarantined utterances of the task with this key, in order.
    package func quarantine(of key: TaskKey) throws(ManifestError) -> [QuarantineRow] {
        try database.read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT quarantine.* FROM quarantine JOIN task ON task.id = quarantine.task
                    WHERE key = ? ORDER BY position
                    """)
            return try Row.fetchAll(statement, arguments: [key.digest.blob]).map(Ledger.quarantineRow)
        }
    }

    static func quarantineRow(_ row: Row) throws -> QuarantineRow {
        QuarantineRow(
            corpus: row[2], utterance: row[3], stage: row[4], reason: row[5], message: row[6],
            byteCount: row[7],
            source: (row[8] as Data?).flatMap { Digest(bytes: $0) }, path: row[9])
    }

    /// What is remembered of every subject's source files.
    package func sourceCache() throws(ManifestError) -> [String: [UInt8]] {
        try database.read { database in
            var cache: [String: [UInt8]] = [:]
            let rows = try Row.fetchCursor(database, sql: "SELECT subject, entries FROM source_cache")
            while let row = try rows.next() { cache[row[0]] = [UInt8](row[1] as Data) }
            return cache
        }
    }

    /// A build that was recorded.
    package struct Build: Sendable {
        package let number: Int
        package let recipe: String
        package let dataset: Digest
        /// Where the recipe came from, as canonical JSON.
        package let parameters: String
    }

    /// The builds recorded, the last first.
    package func builds() throws(ManifestError) -> [Build] {
        try database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT id, recipe, dataset, parameters FROM build ORDER BY id DESC"
            ).map {
                Build(number: $0[0], recipe: $0[1], dataset: try $0.digest(2), parameters: $0[3])
            }
        }
    }

    /// The last build of a recipe, by its name.
    package func lastBuild(of recipe: String) throws(ManifestError) -> Build? {
        try builds().first { $0.recipe == recipe }
    }
}
