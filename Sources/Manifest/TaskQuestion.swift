package import ContentStore

/// What a stage is, as far as its output depends on it.
package struct StageIdentity: Hashable, Codable, Sendable {
    package let name: String
    /// Raised by us when the same parameters give other bytes than before.
    package let revision: Int
    /// The canonical JSON of all the stage's parameters.
    package let parameters: String
    /// Versions of the C libraries that shape the stage's bytes, by library.
    package let libraries: [String: String]

    package init(name: String, revision: Int, parameters: String, libraries: [String: String] = [:]) {
        self.name = name
        self.revision = revision
        self.parameters = parameters
        self.libraries = libraries
    }
}

/// One thing a task reads: what it is to the task, and its content.
package struct TaskInput: Hashable, Codable, Sendable {
    package let role: String
    package let digest: Digest

    package init(role: String, digest: Digest) {
        self.role = role
        self.digest = digest
    }
}

/// The digest of one question: what was asked, known before running.
package struct TaskKey: Hashable, Codable, Sendable {
    package let digest: Digest
    package init(digest: Digest) { self.digest = digest }
}

/// All that enters a task's key: the stage, the part of the work, and the inputs in order.
///
/// What never enters: paths, times, hosts, users, worker counts, batch sizes, log levels. The subject is only
/// where to look for the last answer to this question; a subject whose work differs by more than its inputs
/// says so in `subjectParameters`.
package struct TaskQuestion: Hashable, Codable, Sendable {
    package let stage: StageIdentity
    package let subject: String
    package let subjectParameters: String
    package let inputs: [TaskInput]

    package init(stage: StageIdentity, subject: String, subjectParameters: String = "", inputs: [TaskInput]) {
        self.stage = stage
        self.subject = subject
        self.subjectParameters = subjectParameters
        self.inputs = inputs
    }

    package var key: TaskKey {
        var builder = DigestBuilder(domain: "twinset.task.1")
        builder.add("stage", stage.name)
        builder.add("revision", stage.revision)
        builder.add("parameters", stage.parameters)
        for (library, version) in stage.libraries.sorted(by: { $0.key < $1.key }) {
            builder.add("library." + library, version)
        }
        builder.add("subject", subjectParameters)
        for input in inputs { builder.add("input." + input.role, input.digest) }
        return TaskKey(digest: builder.finish())
    }
}
