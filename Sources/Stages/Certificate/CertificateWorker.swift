import ContentStore
import Corpus
import Manifest
import Pipeline

/// Looks for everything that two sides of a split may share, and writes the certificate; what is found and not admitted
/// ends the build.
struct CertificateWorker: LayerWorker {
    let parameters: CertificateParameters
    let split: Digest
    let speakers: [SpeakerRow]
    let ingest: [Resolved.Entry]
    let frame: [Resolved.Entry]
    /// Of every pack, where near-identical audio is looked for.
    let fingerprints: [Resolved.Entry]
    let trials: [TrialList]
    let store: Store

    func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?] {
        var clock = StageClock()
        let certificate: Certificate
        let staged: StagedArtifact
        do {
            certificate = try certify()
            staged = try store.stage(try certificate.file(), keep: order.writes[0])
        } catch {
            throw .store(error)
        }
        guard certificate.refused.isEmpty else { throw .worker(certificate.refusal()) }
        return [
            StageOutcome(
                staged: staged, counts: TaskCounts(),
                sources: order.subject.sources.compactMap(TaskInput.init),
                elapsedSeconds: clock.charge(.write))
        ]
    }

    private func certify() throws(StoreError) -> Certificate {
        let table = try SplitTable(try store.read(split))
        var named = TrialSpeakers(trials)
        let utterances = try CertifiedUtterances(table, ingest: ingest, frame: frame, store: store) {
            named.note($0, speaker: $2)
        }
        var checks = SharedThings(utterances: utterances, parameters: parameters).checks
        var nearAudio: Certificate.NearAudio?
        if let fingerprint = parameters.fingerprint, let threshold = parameters.threshold {
            let search = try NearAudioSearch(
                fingerprint, threshold, parameters: parameters, utterances: utterances,
                fingerprints: fingerprints, store: store)
            checks.append(search.check)
            nearAudio = search.summary
        }
        let found = named.check(masks(utterances), parameters)
        if !trials.isEmpty { checks.append(found.check) }
        return Certificate(
            version: parameters.version, split: split.hex,
            sides: table.sideCounts.filter { $0.examples > 0 }.map { CertifiedSide($0) }, checks: checks,
            nearAudio: nearAudio, trials: found.lists)
    }

    /// The sides of every speaker, also of those without an example.
    private func masks(_ utterances: CertifiedUtterances) -> [(name: String, mask: UInt8)] {
        let known = Dictionary(
            zip(utterances.speakerNames, utterances.speakerMasks), uniquingKeysWith: { first, _ in first })
        return speakers.map { row in
            let name = "\(row.corpus)/\(row.id)"
            return (name, known[name] ?? 0)
        }
    }
}

extension Certificate {
    /// The artifact: the JSON and the table as bytes of UTF-8, for readers that know neither.
    func file() throws(StoreError) -> TensorFile {
        let json = try CanonicalJSON.encode(self)
        return TensorFile(
            kind: "certificate",
            metadata: ["schema": "1", "counts": try CanonicalJSON.encode(counts)],
            tensors: [Tensor("json", Array(json.utf8)), Tensor("table", Array((table() + "\n").utf8))])
    }

    /// How much was found of each kind, where anything was.
    private var counts: [String: Int] {
        Dictionary(
            checks.filter { $0.count > 0 }.map { ($0.leak.rawValue, $0.count) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The same from the header of an artifact: findings may be many, and a build that runs nothing needs none.
    static func counts(_ file: TensorFileReader) throws(StoreError) -> [String: Int] {
        guard let counts = file.metadata["counts"] else {
            throw .damaged("\(file.path) is no certificate: its header has no counts")
        }
        return try CanonicalJSON.decode([String: Int].self, from: counts)
    }

    init(_ file: TensorFileReader) throws(StoreError) {
        let text = String(decoding: try file.bytes("json"), as: UTF8.self)
        self = try CanonicalJSON.decode(Certificate.self, from: text)
    }
}
