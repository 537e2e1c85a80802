import ContentStore
import Corpus
import Manifest
import Pipeline

/// Puts every example of the dataset on its side, and audits what the sides share.
struct SplitWorker: LayerWorker {
    let parameters: SplitParameters
    let speakers: [SpeakerRow]
    let ingest: [Resolved.Entry]
    let frame: [Resolved.Entry]
    let store: Store
    /// For a split by files.
    var listed: ListedSides?

    func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?] {
        var clock = StageClock()
        let staged: StagedArtifact
        let table: SplitTable
        do {
            table = try split()
            staged = try store.stage(try table.file(), keep: order.writes[0])
        } catch let error as StoreError {
            throw .store(error)
        } catch {
            throw .worker("\(error)")
        }
        guard table.audit.refused.isEmpty else { throw .worker(table.audit.refusal()) }
        var counts = TaskCounts()
        counts.examples = table.sides.count
        return [
            StageOutcome(
                staged: staged, counts: counts, sources: order.subject.sources.compactMap(TaskInput.init),
                elapsedSeconds: clock.charge(.write))
        ]
    }

    private func split() throws -> SplitTable {
        var table = SplitTable()
        var rows = RowSides(try sideRule(), table: &table)
        for (pack, cuts) in zip(ingest, frame) {
            let utterances = try IngestTable(try store.read(pack.artifact.digest))
            let ranges = try CutTable(try store.read(cuts.artifact.digest))
            let corpus = String(pack.subject.prefix { $0 != "/" })
            rows.add(utterances, ranges, corpus: corpus, to: &table)
        }
        rows.finish(&table, allowing: parameters.allow)
        table.notes += listed?.notes ?? []
        table.lists = listed?.files ?? []
        return table
    }

    /// The side of an example, by whatever the rules say.
    private func sideRule() throws -> SideRule {
        let sexes = Dictionary(
            speakers.map { (SpeakerName(corpus: $0.corpus, id: $0.id), Sex(rawValue: $0.sex) ?? .unknown) },
            uniquingKeysWith: { first, _ in first })
        switch parameters.rules.by {
        case .example, .utterance:
            return SideRule(
                sexes: sexes, examples: try ExampleSplitter(parameters.rules), speakers: try heldOut())
        case .files:
            guard let listed else {
                throw StageError.failed("a split by files needs its lists; name them in split")
            }
            return SideRule(sexes: sexes, examples: nil, speakers: [:], listed: listed.sides)
        case .speaker, .subset, .list:
            let durations = try durations()
            var candidates = self.candidates(durations)
            if parameters.rules.counts != nil {
                // A speaker without an example would be counted for nothing.
                let heard = try heard()
                candidates = candidates.filter { heard.contains($0.id) }
            }
            let rules = presentSubsets()
            let sides = try assignSpeakers(candidates, rules)
            let sideOfID = Dictionary(
                zip(candidates.map(\.id), sides), uniquingKeysWith: { first, _ in first })
            let names = speakers.map { SpeakerName(corpus: $0.corpus, id: $0.id) }
            return SideRule(
                sexes: sexes, examples: nil,
                speakers: Dictionary(
                    names.map { ($0, sideOfID[splitID($0)] ?? nil) }, uniquingKeysWith: { first, _ in first }),
                notes: try SplitNotes.write(candidates, sides, rules))
        }
    }

    /// The speakers held out of a split by example or utterance, all on the test side.
    private func heldOut() throws -> [SpeakerName: Side?] {
        guard let rule = parameters.rules.heldOut else { return [:] }
        let candidates = self.candidates([:])
        let isHeldOut = try rule.isHeldOut(candidates, seed: parameters.rules.seed)
        let names = Set(zip(candidates, isHeldOut).filter(\.1).map(\.0.id))
        var sides: [SpeakerName: Side?] = [:]
        for row in speakers {
            let name = SpeakerName(corpus: row.corpus, id: row.id)
            if names.contains(splitID(name)) { sides[name] = .some(.test) }
        }
        return sides
    }

    /// What a speaker is known by to the split. An id alone, so that a second corpus with the same ids moves nobody:
    /// namesakes then stand on one side. Subsets are each corpus's own.
    private func splitID(_ name: SpeakerName) -> String {
        parameters.rules.by == .subset ? "\(name.corpus)/\(name.id)" : name.id
    }

    /// The speakers as the split sees them, in order of first appearance, namesakes taken together.
    private func candidates(_ durations: [SpeakerName: UInt64]) -> [SplitCandidate] {
        var candidates: [SplitCandidate] = []
        var positions: [String: Int] = [:]
        for row in speakers {
            let name = SpeakerName(corpus: row.corpus, id: row.id)
            let id = splitID(name)
            if let known = positions[id] {
                candidates[known].duration += durations[name] ?? 0
                continue
            }
            positions[id] = candidates.count
            candidates.append(
                SplitCandidate(
                    id: id, sex: Sex(rawValue: row.sex) ?? .unknown,
                    subset: row.subset.isEmpty ? nil : row.subset, duration: durations[name] ?? 0))
        }
        return candidates
    }

    /// The rules without subsets that the corpora lack; ingest has said so.
    private func presentSubsets() -> SplitRules {
        var rules = parameters.rules
        let present = Set(speakers.map(\.subset))
        for side in Side.allCases { rules.subsets[side] = rules.subsets[side].filter(present.contains) }
        return rules
    }

    /// What the split knows the speakers by that have an example.
    private func heard() throws -> Set<String> {
        var heard: Set<String> = []
        for (pack, cuts) in zip(ingest, frame) {
            let table = try IngestTable(try store.read(pack.artifact.digest))
            let corpus = String(pack.subject.prefix { $0 != "/" })
            for utterance in Set(try CutTable(try store.read(cuts.artifact.digest)).utterances) {
                let name = SpeakerName(corpus: corpus, id: table.rows[Int(utterance)].speaker)
                heard.insert(splitID(name))
            }
        }
        return heard
    }

    /// Milliseconds of speech of each speaker.
    private func durations() throws -> [SpeakerName: UInt64] {
        var durations: [SpeakerName: UInt64] = [:]
        for pack in ingest {
            let corpus = String(pack.subject.prefix { $0 != "/" })
            for row in try IngestTable(try store.read(pack.artifact.digest)).rows {
                durations[SpeakerName(corpus: corpus, id: row.speaker), default: 0] +=
                    UInt64(row.sampleCount) * 1000 / UInt64(max(row.sampleRate, 1))
            }
        }
        return durations
    }
}

extension TaskInput {
    init?(_ source: Source) {
        guard let digest = source.digest else { return nil }
        self.init(role: source.role, digest: digest)
    }
}

/// A speaker across corpora.
struct SpeakerName: Hashable {
    let corpus: String
    let id: String
}

/// Says on which side an example stands.
struct SideRule {
    let sexes: [SpeakerName: Sex]
    let examples: ExampleSplitter?
    /// The sides of speakers as a whole; of others the examples' rule says.
    let speakers: [SpeakerName: Side?]
    /// Of a split by files, which then decide alone.
    var listed: [ListedSides.Utterance: Side]?
    /// What a user should know of how the speakers fell.
    var notes: [String] = []

    func side(of speaker: SpeakerName, utterance: String, example: Int) -> Side? {
        if let listed { return listed[ListedSides.Utterance(corpus: speaker.corpus, id: utterance)] }
        if let known = speakers[speaker] { return known }
        return examples?.side(utteranceID: utterance, exampleIndex: example)
    }
}
