import ContentStore
import Foundation
import Manifest
import TestSupport

/// A new manifest in a folder of its own, and receipts to put into it.
struct ManifestFixture: ~Copyable {
    let folder = TemporaryFolder()
    let database: ManifestDatabase
    let ledger: Ledger
    let writer: ManifestWriter

    init() throws {
        database = try ManifestDatabase(path: folder.path + "/manifest.sqlite", create: true)
        ledger = Ledger(database)
        writer = ManifestWriter(database)
    }

    /// The digest of `text`: a name for bytes nobody has to make.
    static func digest(_ text: String) -> Digest { Digest.of(text.utf8) }

    static func artifact(_ text: String) -> Artifact {
        Artifact(digest: digest(text), byteCount: text.utf8.count)
    }

    static func question(
        _ stage: String = "ingest", _ subject: String = "a", parameters: String = "{}",
        inputs: [TaskInput] = []
    ) -> TaskQuestion {
        TaskQuestion(
            stage: StageIdentity(name: stage, revision: 1, parameters: parameters), subject: subject,
            inputs: inputs)
    }

    static func receipt(_ question: TaskQuestion, makes text: String, isKept: Bool = true) -> Receipt {
        Receipt(
            question: question, artifact: artifact(text), isKept: isKept, counts: TaskCounts(),
            elapsedSeconds: 0.5,
            host: "here")
    }

    static func build(_ recipe: String, _ dataset: String, tasks: [TaskQuestion]) -> BuildRow {
        BuildRow(
            recipe: recipe, dataset: digest(dataset), parameters: "{}", summary: "{}", seconds: 1,
            tasks: tasks.map { (role: "\($0.stage.name)/\($0.subject)", key: $0.key) })
    }
}
