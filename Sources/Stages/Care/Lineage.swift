import ContentStore
import Manifest

/// What an id is, what it comes from and what was made of it.
package struct Lineage: Sendable {
    private let inventory: Inventory
    private let ledger: Ledger
    private let store: Store

    package init(_ workspace: Workspace) throws {
        let opened = try workspace.openExisting()
        inventory = Inventory(opened.database)
        ledger = opened.ledger
        store = opened.store
    }

    /// The lines that describe `id`: an utterance, or the first digits of an artifact's digest or a task's key.
    package func describe(_ id: String) throws -> [String] {
        let utterances = try inventory.utterances(id: id)
        let quarantined = try inventory.quarantine(utterance: id)
        if !utterances.isEmpty || !quarantined.isEmpty {
            return try describe(utterances) + quarantined.map(Lineage.line)
        }
        guard id.count >= 4, id.allSatisfy(\.isHexDigit) else {
            throw StageError.usage(
                "there is no utterance '\(id)'; artifacts and tasks are named by at least 4 hexadecimal digits"
            )
        }
        let entries = try inventory.entries(prefix: id)
        guard let first = entries.first else {
            throw StageError.usage(
                "no utterance, artifact or task starts with '\(id)'; 'twinset artifacts' lists them")
        }
        let digests = Set(entries.map { $0.key.hex.hasPrefix(id.lowercased()) ? $0.key : $0.digest })
        guard digests.count == 1 else {
            throw StageError.usage("'\(id)' starts the names of \(digests.count) things; give more digits")
        }
        return try describe(first)
    }

    /// The quarantined utterances of the last builds, one line each.
    package func quarantine() throws -> [String] {
        try inventory.quarantine().map(Lineage.line)
    }

    private static func line(_ row: QuarantineRow) -> String {
        "quarantined  \(row.utterance)  \(row.stage): \(row.reason)  \(row.message)  (\(Amount.bytes(row.byteCount)), \(row.path))"
    }

    private func describe(_ utterances: [(row: UtteranceRow, key: Digest)]) throws -> [String] {
        guard let (row, key) = utterances.first else { return [] }
        var lines = [
            "utterance    \(row.id) of corpus \(row.corpus): speaker \(row.speaker), session \(row.session)",
            "audio        \(row.sampleCount) samples at \(row.sampleRate) Hz ("
                + "\(Amount.duration(Double(row.sampleCount) / Double(row.sampleRate)))), digest \(row.audio.short)",
            "source       \(row.path), digest \(row.source.short)",
        ]
        for entry in try inventory.entries(prefix: key.hex) {
            lines.append("ingested by  task \(entry.key.short), artifact \(entry.digest.short)")
            for made in try forward(entry) {
                lines.append("in           " + (try line(made, utterance: row.id)))
            }
        }
        return lines
    }

    private func line(_ entry: Inventory.Entry, utterance: String) throws -> String {
        let text = "\(entry.stage) \(entry.subject), artifact \(entry.digest.short)"
        guard entry.stage == "features" || entry.stage == "normalize",
            store.byteCount(of: entry.digest) != nil
        else {
            return text
        }
        let file = try store.read(entry.digest)
        let names = try TextColumn.read("utterance", from: file)
        guard let number = names.firstIndex(of: utterance) else { return text }
        let rows = try file.unsigned("row.utterance").enumerated().filter { $0.element == UInt32(number) }
            .map(\.offset)
        guard let first = rows.first, let last = rows.last else { return text + ", no rows" }
        return text + ", rows \(first) to \(last)"
    }

    private func describe(_ entry: Inventory.Entry) throws -> [String] {
        let kept = store.byteCount(of: entry.digest) == nil ? "not kept" : store.path(of: entry.digest)
        var lines = [
            "artifact     \(entry.digest)", "made by      \(entry.stage) \(entry.subject), task \(entry.key)",
            "holds        \(Amount.count(entry.rows)) rows, \(Amount.bytes(entry.bytes)), \(kept)",
        ]
        if let parameters = try inventory.parameters(of: entry.key) {
            for leaf in CanonicalJSON.leaves(of: parameters) {
                lines.append(
                    "parameter    \(RecipeKeys.name(of: entry.stage + "." + leaf.path)) = \(leaf.value)")
            }
        }
        lines += try back(entry.key, entry.subject, depth: 0)
        lines += try sources(of: entry)
        for made in try forward(entry) {
            lines.append("went into    \(made.stage) \(made.subject), artifact \(made.digest.short)")
        }
        return lines
    }

    /// The files that a pack was made of.
    private func sources(of entry: Inventory.Entry) throws -> [String] {
        let ingests = try inventory.entries(stage: "ingest", all: true).filter { $0.subject == entry.subject }
        guard let ingest = ingests.first(where: { $0.key == entry.key }) ?? ingests.last else { return [] }
        return try ledger.utterances(of: TaskKey(digest: ingest.key)).prefix(Lineage.listLimit).map {
            "source       \($0.path), digest \($0.source.short)"
        }
    }

    /// What the task read, and what that came from, back to the sources.
    private func back(_ key: Digest, _ subject: String, depth: Int) throws -> [String] {
        var lines: [String] = []
        let inputs = try inventory.inputs(of: key)
        for input in inputs.prefix(Lineage.listLimit) {
            lines.append(
                "comes from   " + String(repeating: "  ", count: depth)
                    + "\(input.role) \(input.digest.short)")
            if inputs.count < 4, let maker = try maker(of: input, for: subject) {
                lines += try back(maker.key, maker.subject, depth: depth + 1)
            }
        }
        if inputs.count > Lineage.listLimit {
            lines.append("             … and \(inputs.count - Lineage.listLimit) more")
        }
        return lines
    }

    /// The task that made an input of a task for `subject`: of several that came to the same bytes, its own.
    private func maker(of input: TaskInput, for subject: String) throws -> Inventory.Entry? {
        let makers = try inventory.makers(of: input.digest)
        return makers.first { $0.subject == subject || "\($0.stage)/\($0.subject)" == input.role }
            ?? makers.first
    }

    private static let listLimit = 100

    /// What was made of an artifact, and of that, on to the pairs.
    private func forward(_ entry: Inventory.Entry) throws -> [Inventory.Entry] {
        var found: [Inventory.Entry] = []
        var seen: Set<Digest> = [entry.key]
        var next = [entry]
        while let current = next.popLast() {
            for reader in try inventory.readers(of: current) where seen.insert(reader.key).inserted {
                found.append(reader)
                next.append(reader)
            }
        }
        return found.sorted { ($0.stage, $0.subject) < ($1.stage, $1.subject) }
    }
}
