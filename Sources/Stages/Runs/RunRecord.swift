import ContentStore
import Foundation
import Manifest

/// A finished training, to be recorded in the manifest beside the build that it was trained on: there `artifacts` lists
/// it, `show` says what it was made of, `verify` rehashes it, and `gc` keeps it as long as the dataset.
package struct RunRecord: Sendable {
    /// What it is called: `fbanknet`.
    package let name: String
    /// All that shapes its weights but the dataset and the libraries, as canonical JSON.
    package let parameters: String
    /// Versions of the libraries that shape its weights, by library.
    package let libraries: [String: String]
    /// The safetensors files it made, by what they are: `weights`, `metrics`.
    package let files: [(subject: String, path: String)]
    package let seconds: Double

    package init(
        name: String, parameters: String, libraries: [String: String],
        files: [(subject: String, path: String)], seconds: Double
    ) {
        self.name = name
        self.parameters = parameters
        self.libraries = libraries
        self.files = files
        self.seconds = seconds
    }

    fileprivate func question(_ subject: String, dataset: Digest) -> TaskQuestion {
        TaskQuestion(
            stage: StageIdentity(name: "train", revision: 1, parameters: parameters, libraries: libraries),
            subject: "\(name)/\(subject)", subjectParameters: subject,
            inputs: [TaskInput(role: "dataset", digest: dataset)])
    }
}

extension BuiltArtifacts {
    /// Copies the files of a run into the store and records them with this build.
    ///
    /// - Returns: what an earlier run with all the same made otherwise: `weights`. Empty is as it should be.
    package func record(_ run: RunRecord, onWait: (String) -> Void) async throws -> [String] {
        let lock = try WorkspaceLock.acquire(workspace, onWait: onWait)
        let opened = try workspace.openExisting()
        let store = try Store(root: opened.store.root)
        let staged = try run.files.map { try store.stage(copyOf: $0.path) }
        var receipts: [Receipt] = []
        var other: [String] = []
        for (file, staged) in zip(run.files, staged) {
            let question = run.question(file.subject, dataset: dataset)
            if let known = try opened.ledger.answer(to: question.key), known.artifact != staged.artifact {
                other.append(file.subject)
            }
            receipts.append(
                Receipt(
                    question: question, artifact: staged.artifact, isKept: true, counts: TaskCounts(),
                    elapsedSeconds: run.seconds, host: ProcessInfo.processInfo.hostName))
        }
        try store.publish(staged)
        let writer = ManifestWriter(opened.database)
        try await writer.record(receipts)
        try await writer.add(receipts.map { ("train", $0.question.key) }, toBuild: build)
        _ = consume lock
        return other
    }
}
