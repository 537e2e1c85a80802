internal import GRDB

/// The tables of a manifest. A version is never edited once released: a change is a new migration.
///
/// Ledger: `stage`, `task`, `task_input`, `artifact`, `build`, `build_task`.
/// Catalogue: `speaker`, `utterance`, `quarantine`; and the views `current_…` over the last build.
/// `source_cache` is a cache of (size, mtime, inode) → digest, and enters no key.
enum ManifestSchema {
    static let version = 1
    /// "TwSt" as SQLite's application id, so that `file` and we tell a manifest from another database.
    static let applicationID = 0x5477_5374

    static func create(_ database: Database) throws {
        try database.execute(sql: ledger)
        try database.execute(sql: catalogue)
        try database.execute(sql: views)
        try database.execute(
            sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
    }

    private static let ledger = """
        CREATE TABLE stage (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, revision INTEGER NOT NULL, parameters TEXT NOT NULL,
            libraries TEXT NOT NULL, UNIQUE (name, revision, parameters, libraries));
        CREATE TABLE artifact (
            digest BLOB PRIMARY KEY NOT NULL, bytes INTEGER NOT NULL, kept INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE task (
            id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, stage INTEGER NOT NULL REFERENCES stage (id),
            stage_name TEXT NOT NULL, subject TEXT NOT NULL, subject_parameters TEXT NOT NULL,
            artifact BLOB NOT NULL REFERENCES artifact (digest),
            utterances INTEGER NOT NULL, quarantined INTEGER NOT NULL, short INTEGER NOT NULL,
            examples INTEGER NOT NULL, pairs INTEGER NOT NULL, audio_seconds REAL NOT NULL,
            seconds REAL NOT NULL, host TEXT NOT NULL, recorded TEXT NOT NULL DEFAULT (datetime('now')));
        CREATE INDEX task_by_subject ON task (stage_name, subject, id);
        CREATE INDEX task_by_artifact ON task (artifact);
        CREATE TABLE task_input (
            task INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE, position INTEGER NOT NULL,
            role TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (task, position)) WITHOUT ROWID;
        CREATE INDEX task_input_by_digest ON task_input (digest);
        CREATE TABLE build (
            id INTEGER PRIMARY KEY, recipe TEXT NOT NULL, dataset BLOB NOT NULL, parameters TEXT NOT NULL,
            summary TEXT NOT NULL, seconds REAL NOT NULL, recorded TEXT NOT NULL DEFAULT (datetime('now')));
        CREATE TABLE build_task (
            build INTEGER NOT NULL REFERENCES build (id) ON DELETE CASCADE, position INTEGER NOT NULL,
            role TEXT NOT NULL, task INTEGER NOT NULL REFERENCES task (id),
            PRIMARY KEY (build, position)) WITHOUT ROWID;
        CREATE INDEX build_task_by_task ON build_task (task);
        """

    private static let catalogue = """
        CREATE TABLE speaker (
            corpus TEXT NOT NULL, id TEXT NOT NULL, sex TEXT NOT NULL, subset TEXT NOT NULL, name TEXT NOT NULL,
            PRIMARY KEY (corpus, id)) WITHOUT ROWID;
        CREATE TABLE utterance (
            task INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE, position INTEGER NOT NULL,
            corpus TEXT NOT NULL, id TEXT NOT NULL, speaker TEXT NOT NULL, session TEXT NOT NULL,
            sample_rate INTEGER NOT NULL, sample_count INTEGER NOT NULL,
            source BLOB NOT NULL, audio BLOB NOT NULL, path TEXT NOT NULL,
            PRIMARY KEY (task, position)) WITHOUT ROWID;
        CREATE INDEX utterance_by_id ON utterance (id);
        CREATE TABLE quarantine (
            task INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE, position INTEGER NOT NULL,
            corpus TEXT NOT NULL, utterance TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL,
            message TEXT NOT NULL, bytes INTEGER NOT NULL, source BLOB, path TEXT NOT NULL,
            PRIMARY KEY (task, position)) WITHOUT ROWID;
        CREATE TABLE source_cache (subject TEXT PRIMARY KEY NOT NULL, entries BLOB NOT NULL) WITHOUT ROWID;
        """

    private static let views = """
        CREATE VIEW current_task AS
            SELECT task.* FROM task JOIN build_task ON build_task.task = task.id
            WHERE build_task.build = (SELECT max(id) FROM build);
        CREATE VIEW current_utterance AS
            SELECT utterance.* FROM utterance JOIN current_task ON current_task.id = utterance.task;
        CREATE VIEW current_quarantine AS
            SELECT quarantine.* FROM quarantine JOIN current_task ON current_task.id = quarantine.task;
        """
}
