import ContentStore
import Manifest
import Stages

/// What a workspace holds after a build.
struct StageResult {
    let opened: Workspace.Opened

    init(_ workspace: Workspace) throws { opened = try workspace.openExisting() }

    /// The subjects that a stage was ever asked about, in byte order.
    func subjects(_ stage: String) throws -> [String] { try opened.ledger.subjects(of: stage).sorted() }

    /// The key of the last question that `stage` was asked about `subject`.
    func key(_ stage: String, _ subject: String) throws -> TaskKey? {
        try opened.ledger.lastQuestion(stage: stage, subject: subject)?.key
    }

    func artifact(_ stage: String, _ subject: String) throws -> Artifact? {
        try key(stage, subject).flatMap { try opened.ledger.answer(to: $0)?.artifact }
    }

    func counts(_ stage: String, _ subject: String) throws -> TaskCounts? {
        try key(stage, subject).flatMap { try opened.ledger.answer(to: $0)?.counts }
    }

    /// The last artifact of `stage` for `subject`, opened; nil when there is none in the store.
    func open(_ stage: String, _ subject: String) throws -> TensorFileReader? {
        guard let artifact = try artifact(stage, subject), opened.store.contains(artifact) else { return nil }
        return try opened.store.read(artifact.digest)
    }

    /// The digests of a stage's last artifacts by subject.
    func digests(_ stage: String) throws -> [String: Digest] {
        var digests: [String: Digest] = [:]
        for subject in try subjects(stage) { digests[subject] = try artifact(stage, subject)?.digest }
        return digests
    }

    func utterances() throws -> [UtteranceRow] {
        try subjects("ingest").flatMap {
            try key("ingest", $0).map { try opened.ledger.utterances(of: $0) } ?? []
        }
    }

    /// Everything quarantined by the last tasks of `ingest` and `resample`.
    func quarantine() throws -> [QuarantineRow] {
        try ["ingest", "resample"].flatMap { stage in
            try subjects(stage).flatMap {
                try key(stage, $0).map { try opened.ledger.quarantine(of: $0) } ?? []
            }
        }
    }

    /// All values of a features artifact, and its shape.
    func features(_ subject: String, stage: String = "features") throws -> (shape: [Int], values: [Float]) {
        guard let file = try open(stage, subject), let entry = file.entries["features"] else {
            return ([], [])
        }
        return (entry.shape, try file.floats("features", rows: 0..<(entry.shape.first ?? 0)))
    }
}
