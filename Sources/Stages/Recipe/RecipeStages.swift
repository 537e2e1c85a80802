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
        let libraries = features.fbank.map { Features.libraryVersions(for: $0) } ?? [:]
        return StageSpec(
            identity: StageIdentity(
                name: "features", revision: 1, parameters: try CanonicalJSON.encode(features),
                libraries: libraries),
            inputs: [.own("ingest"), .own("resample"), .own("frame")], isKept: keep.contains(.features))
    }

    /// What a features artifact says of itself: every parameter, so that a reader needs nothing else.
    func featureMetadata() throws(StoreError) -> [String: String] {
        [
            "schema": "1", "sampleRate": String(resample.rate),
            "resample": try CanonicalJSON.encode(resample),
            "frame": try CanonicalJSON.encode(frame), "features": try CanonicalJSON.encode(features),
        ]
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
