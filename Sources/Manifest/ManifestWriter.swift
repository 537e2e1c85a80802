package import ContentStore
internal import Foundation
internal import GRDB

/// The one writer of a manifest. Artifacts are published to the store before their receipt comes here, so a
/// crash costs work, never truth.
package actor ManifestWriter {
    private let database: ManifestDatabase

    package init(_ database: ManifestDatabase) { self.database = database }

    /// Records receipts in one transaction, in order.
    package func record(_ receipts: [Receipt]) throws(ManifestError) {
        guard !receipts.isEmpty else { return }
        try database.write { database in
            for receipt in receipts { try ManifestWriter.record(receipt, in: database) }
        }
    }

    /// Records the speakers as the corpora describe them now.
    package func record(speakers: [SpeakerRow]) throws(ManifestError) {
        try database.write { database in
            let statement = try database.cachedStatement(
                sql: "INSERT OR REPLACE INTO speaker (corpus, id, sex, subset, name) VALUES (?, ?, ?, ?, ?)")
            for row in speakers {
                try statement.execute(arguments: [row.corpus, row.id, row.sex, row.subset, row.name])
            }
        }
    }

    /// Remembers what a subject's source files looked like, so that unchanged ones need not be read again.
    package func remember(sources: [(subject: String, entries: [UInt8])]) throws(ManifestError) {
        guard !sources.isEmpty else { return }
        try database.write { database in
            let statement = try database.cachedStatement(
                sql: "INSERT OR REPLACE INTO source_cache (subject, entries) VALUES (?, ?)")
            for source in sources {
                try statement.execute(arguments: [source.subject, Data(source.entries)])
            }
        }
    }

    /// Says where the files of ingest tasks are now: they were moved, and nothing ran.
    package func record(
        places: [(key: TaskKey, files: [(utterance: String, path: String)])]
    ) throws(ManifestError) {
        try database.write { database in
            for table in [("utterance", "id"), ("quarantine", "utterance")] {
                let statement = try database.cachedStatement(
                    sql: """
                        UPDATE \(table.0) SET path = ?3
                        WHERE task = (SELECT id FROM task WHERE key = ?1) AND \(table.1) = ?2 AND path <> ?3
                        """)
                for place in places {
                    for file in place.files {
                        try statement.execute(arguments: [place.key.digest.blob, file.utterance, file.path])
                    }
                }
            }
        }
    }

    /// Records a finished build and returns its number.
    package func record(build: BuildRow) throws(ManifestError) -> Int {
        try database.write { database in
            try database.execute(
                sql:
                    "INSERT INTO build (recipe, dataset, parameters, summary, seconds) VALUES (?, ?, ?, ?, ?)",
                arguments: [build.recipe, build.dataset.blob, build.parameters, build.summary, build.seconds])
            let number = database.lastInsertedRowID
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO build_task (build, position, role, task)
                    SELECT ?, ?, ?, id FROM task WHERE key = ?
                    """)
            for (position, entry) in build.tasks.enumerated() {
                try statement.execute(arguments: [number, position, entry.role, entry.key.digest.blob])
            }
            try ManifestWriter.takeOver(build, number, in: database)
            return Int(number)
        }
    }

    /// What was trained on a dataset stays with it when it is built again.
    private static func takeOver(_ build: BuildRow, _ number: Int64, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO build_task (build, position, role, task)
                SELECT ?1, (SELECT count(*) FROM build_task WHERE build = ?1) + row_number() OVER (ORDER BY position) - 1, role, task FROM build_task WHERE role = 'train' AND build =
                    (SELECT max(id) FROM build WHERE recipe = ?2 AND dataset = ?3 AND id < ?1)
                """, arguments: [number, build.recipe, build.dataset.blob])
    }

    /// Adds recorded tasks to a build; those that it has stay as they are.
    package func add(_ tasks: [(role: String, key: TaskKey)], toBuild build: Int) throws(ManifestError) {
        try database.write { database in
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO build_task (build, position, role, task)
                    SELECT ?1, (SELECT max(position) + 1 FROM build_task WHERE build = ?1), ?2, id FROM task
                    WHERE key = ?3 AND id NOT IN (SELECT task FROM build_task WHERE build = ?1)
                    """)
            for task in tasks {
                try statement.execute(arguments: [build, task.role, task.key.digest.blob])
            }
        }
    }

    /// Forgets builds, and the tasks that no other build has.
    package func forget(builds: [Int]) throws(ManifestError) {
        try database.write { database in
            for build in builds {
                try database.execute(sql: "DELETE FROM build_task WHERE build = ?", arguments: [build])
                try database.execute(sql: "DELETE FROM build WHERE id = ?", arguments: [build])
            }
            try database.execute(
                sql: "DELETE FROM task_input WHERE task NOT IN (SELECT task FROM build_task)")
            for table in ["utterance", "quarantine"] {
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE task NOT IN (SELECT task FROM build_task)")
            }
            try database.execute(sql: "DELETE FROM task WHERE id NOT IN (SELECT task FROM build_task)")
            try database.execute(sql: "DELETE FROM artifact WHERE digest NOT IN (SELECT artifact FROM task)")
        }
    }

    /// Forgets the tasks that made these artifacts, so that the next build runs them again.
    package func forget(artifacts: [Digest]) throws(ManifestError) {
        try database.write { database in
            for digest in artifacts {
                let tasks = try Int64.fetchAll(
                    database, sql: "SELECT id FROM task WHERE artifact = ?", arguments: [digest.blob])
                for task in tasks { try ManifestWriter.forget(task: task, in: database) }
                try database.execute(sql: "DELETE FROM artifact WHERE digest = ?", arguments: [digest.blob])
            }
        }
    }

    private static func forget(task: Int64, in database: Database) throws {
        for table in ["build_task", "task_input", "utterance", "quarantine"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE task = ?", arguments: [task])
        }
        try database.execute(sql: "DELETE FROM task WHERE id = ?", arguments: [task])
    }

    private static func record(_ receipt: Receipt, in database: Database) throws {
        let stage = try identifier(of: receipt.question.stage, in: database)
        // Not INSERT OR IGNORE, which would pass over a value the table refuses as well.
        try database.cachedStatement(
            sql: "INSERT INTO artifact (digest, bytes, kept) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING"
        ).execute(arguments: [receipt.artifact.digest.blob, receipt.artifact.byteCount, receipt.isKept])
        if receipt.isKept {
            try database.cachedStatement(sql: "UPDATE artifact SET kept = 1 WHERE digest = ? AND kept = 0")
                .execute(arguments: [receipt.artifact.digest.blob])
        }
        let counts = receipt.counts
        try database.cachedStatement(
            sql: """
                INSERT INTO task (key, stage, stage_name, subject, subject_parameters, artifact, utterances,
                    quarantined, short, examples, pairs, audio_seconds, seconds, host)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING
                """
        ).execute(arguments: [
            receipt.question.key.digest.blob, stage, receipt.question.stage.name, receipt.question.subject,
            receipt.question.subjectParameters, receipt.artifact.digest.blob, counts.utterances,
            counts.quarantined, counts.short, counts.examples, counts.pairs, counts.audioSeconds,
            receipt.elapsedSeconds, receipt.host,
        ])
        guard database.changesCount > 0 else { return }
        try recordRows(of: receipt, task: database.lastInsertedRowID, in: database)
    }

    private static func recordRows(of receipt: Receipt, task: Int64, in database: Database) throws {
        let inputs = try database.cachedStatement(sql: "INSERT INTO task_input VALUES (?, ?, ?, ?)")
        for (position, input) in receipt.question.inputs.enumerated() {
            try inputs.execute(arguments: [task, position, input.role, input.digest.blob])
        }
        let utterances = try database.cachedStatement(
            sql: "INSERT INTO utterance VALUES (?,?,?,?,?,?,?,?,?,?,?)")
        for (position, row) in receipt.utterances.enumerated() {
            try utterances.execute(arguments: [
                task, position, row.corpus, row.id, row.speaker, row.session, row.sampleRate, row.sampleCount,
                row.source.blob, row.audio.blob, row.path,
            ])
        }
        let quarantine = try database.cachedStatement(
            sql: "INSERT INTO quarantine VALUES (?,?,?,?,?,?,?,?,?,?)")
        for (position, row) in receipt.quarantine.enumerated() {
            try quarantine.execute(arguments: [
                task, position, row.corpus, row.utterance, row.stage, row.reason, row.message, row.byteCount,
                row.source?.blob, row.path,
            ])
        }
    }

    private static func identifier(of stage: StageIdentity, in database: Database) throws -> Int64 {
        let libraries = try CanonicalJSON.encode(stage.libraries)
        let arguments: StatementArguments = [stage.name, stage.revision, stage.parameters, libraries]
        let find = try database.cachedStatement(
            sql: "SELECT id FROM stage WHERE name = ? AND revision = ? AND parameters = ? AND libraries = ?")
        if let known = try Int64.fetchOne(find, arguments: arguments) { return known }
        try database.execute(
            sql: "INSERT INTO stage (name, revision, parameters, libraries) VALUES (?, ?, ?, ?)",
            arguments: arguments)
        return database.lastInsertedRowID
    }
}

/// A finished build: the dataset's name and the tasks it is made of, in order.
package struct BuildRow: Sendable {
    package let recipe: String
    package let dataset: Digest
    /// The recipe's stages and parameters, as canonical JSON.
    package let parameters: String
    /// What `build --json` printed.
    package let summary: String
    package let seconds: Double
    package let tasks: [(role: String, key: TaskKey)]

    package init(
        recipe: String, dataset: Digest, parameters: String, summary: String, seconds: Double,
        tasks: [(role: String, key: TaskKey)]
    ) {
        self.recipe = recipe
        self.dataset = dataset
        self.parameters = parameters
        self.summary = summary
        self.seconds = seconds
        self.tasks = tasks
    }
}
