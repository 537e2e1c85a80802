import ContentStore
import Corpus
import Manifest
import Pipeline

/// The layer of the leakage certificate, after the split.
extension DatasetLayers {
    func certificate() throws -> Layer {
        let parameters = recipe.certificate.parameters
        let spec = StageSpec(
            identity: StageIdentity(
                name: "certificate", revision: 1, parameters: try CanonicalJSON.encode(parameters)),
            inputs: [.sources, .each("split"), .list("ingest"), .list("frame")]
                + (parameters.fingerprint == nil ? [] : [.list("fingerprint")]),
            isKept: true)
        let lists = scan.trialLists.map { Source(role: "trials/\($0.name)", digest: $0.digest) }
        let speakers = Source(role: "speakers", digest: scan.speakersDigest())
        return Layer(stages: [spec], subjects: [Subject(id: "dataset", sources: [speakers] + lists)])
    }

    func certificateWorker(_ resolved: Resolved) throws -> any LayerWorker {
        CertificateWorker(
            parameters: recipe.certificate.parameters, split: try single("split", resolved),
            speakers: scan.speakers, ingest: resolved.known("ingest"), frame: resolved.known("frame"),
            fingerprints: resolved.known("fingerprint"), trials: scan.trialLists, store: store)
    }
}
