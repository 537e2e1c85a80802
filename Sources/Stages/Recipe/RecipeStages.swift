import Audio
import ContentStore
import Features
import Manifest
import Pipeline

/// What of a recipe decides the bytes of each stage.
///
/// Raise a revision when the same parameters come to give other bytes.
extension Recipe {
    func ingestStage() throws(StoreError) -> StageSpec {
        StageSpec(
            identity: StageIdentity(
                name: "ingest", revision: 1, parameters: try CanonicalJSON.encode(ingest)),
            inputs: [.sources], isKept: true, mayCutOff: true)
    }

    func resampleStage() throws(StoreError) -> StageSpec {
        let identity = StageIdentity(
            name: "resample", revision: 1, parameters: try CanonicalJSON.encode(resample),
            libraries: resample.method.libraryVersions)
        return StageSpec(identity: identity, inputs: [.own("ingest")], isKept: keep.contains(.resample))
    }

    func frameStage() throws(StoreError) -> StageSpec {
        StageSpec(
            identity: StageIdentity(name: "frame", revision: 1, parameters: try CanonicalJSON.encode(frame)),
            inputs: [.own("resample")], isKept: true, mayCutOff: true)
    }

    func featureStage() throws(StoreError) -> StageSpec {
        let libraries = features.matrix.map { Features.libraryVersions(for: $0) } ?? [:]
        return StageSpec(
            identity: StageIdentity(
                name: "features", revision: 1, parameters: try CanonicalJSON.encode(features),
                libraries: libraries),
            inputs: [.own("ingest"), .own("resample"), .own("frame")], isKept: keep.contains(.features))
    }

    /// The fingerprints by which near-identical audio is found; nil where it is not looked for.
    func fingerprintStage() throws(StoreError) -> StageSpec? {
        guard let fingerprint = certificate.parameters.fingerprint else { return nil }
        struct Parameters: Encodable {
            let fingerprint: FingerprintParameters
            let channels: ChannelPolicy
        }
        let parameters = Parameters(fingerprint: fingerprint, channels: resample.channels)
        return StageSpec(
            identity: StageIdentity(
                name: "fingerprint", revision: 1, parameters: try CanonicalJSON.encode(parameters)),
            inputs: [.own("ingest")], isKept: true)
    }

    /// What an artifact of cuts says of itself.
    func cutMetadata() throws(StoreError) -> [String: String] {
        ["schema": "1", "frame": try CanonicalJSON.encode(frame.exampleShape)]
    }

    /// What a features artifact says of itself: what it is made by, so that a reader needs nothing else.
    ///
    /// Only what its task's key covers: its own parameters, and what its inputs say of themselves. A parameter of
    /// an earlier stage that happened to make the same bytes must not come back here.
    func featureMetadata() throws(StoreError) -> [String: String] {
        try cutMetadata().merging([
            "sampleRate": String(resample.rate), "features": try CanonicalJSON.encode(features),
        ]) { _, new in new }
    }
}

extension ResampleMethod {
    /// The libraries whose version shapes what this method gives.
    var libraryVersions: [String: String] {
        do {
            return try Resampler(method: self, from: 32000, to: 16000).libraryVersions
        } catch {
            return [:]
        }
    }
}
