package import ContentStore
package import Manifest

/// What is known of a dataset so far: for every stage, its subjects in order and what it made for each.
package struct Resolved: Sendable {
    package struct Entry: Sendable {
        package let subject: String
        package let key: TaskKey
        package let artifact: Artifact
        package let counts: TaskCounts

        package init(subject: String, key: TaskKey, artifact: Artifact, counts: TaskCounts) {
            self.subject = subject
            self.key = key
            self.artifact = artifact
            self.counts = counts
        }
    }

    private var entries: [String: [Entry]] = [:]
    private var positions: [String: [String: Int]] = [:]
    private var incomplete: Set<String> = []
    private var order: [String] = []

    package init() {}

    /// Every stage known, in the order they were added.
    package var stages: [String] { order }

    package mutating func add(stage: String, entries: [Entry], isComplete: Bool) {
        if self.entries[stage] == nil { order.append(stage) }
        self.entries[stage] = entries
        positions[stage] = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.subject, $0) })
        if isComplete { incomplete.remove(stage) } else { incomplete.insert(stage) }
    }

    /// The stage's results for all its subjects, or nil while some are missing.
    package func all(_ stage: String) -> [Entry]? { incomplete.contains(stage) ? nil : entries[stage] }

    /// The results known so far.
    package func known(_ stage: String) -> [Entry] { entries[stage] ?? [] }

    package func entry(_ stage: String, _ subject: String) -> Entry? {
        positions[stage]?[subject].flatMap { entries[stage]?[$0] }
    }

    /// One digest over a stage's results in order, or nil while some are missing.
    package func listDigest(_ stage: String) -> Digest? {
        all(stage).map { entries in
            var builder = DigestBuilder(domain: "twinset.list.1")
            for entry in entries { builder.add(entry.subject, entry.artifact.digest) }
            return builder.finish()
        }
    }

    /// The name of the dataset: the digest over its sorted (role, digest) list, roles being `stage/subject`.
    package var datasetDigest: Digest { datasetDigest(without: []) }

    /// The same, leaving out stages whose results say something of the dataset and are no part of it.
    package func datasetDigest(without left: Set<String>) -> Digest {
        let lines = order.filter { !left.contains($0) }.flatMap { stage in
            known(stage).map { (role: "\(stage)/\($0.subject)", digest: $0.artifact.digest) }
        }
        var builder = DigestBuilder(domain: "twinset.dataset.1")
        for line in lines.sorted(by: { $0.role.precedesByBytes($1.role) }) {
            builder.add(line.role, line.digest)
        }
        return builder.finish()
    }
}
