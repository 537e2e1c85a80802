package import ContentStore
package import Torch

/// A trained network in one-shot use: recordings become voices, and recordings are told apart by them.
package final class VoiceNetwork {
    /// The digest of the dataset that it was trained on.
    package let dataset: String
    /// The distance up to which two embeddings pass for one speaker's, chosen on validation; nil where there was none.
    package let threshold: Double?
    package let weights: Digest
    private let network: any Network
    private let distance: PairDistance

    /// The network of the file at `path`.
    package init(weights path: String, device: Device) throws(TrainingError) {
        let (network, metadata) = try NetworkFile.read(path, device: device)
        self.network = network
        distance = PairDistance(network)
        dataset = metadata["dataset"] ?? ""
        weights = try WeightDigest.of(path)
        let isOwn = (metadata["comparison"] ?? distance.comparison.rawValue) == distance.comparison.rawValue
        let known = metadata["threshold"].flatMap { Double($0) }
        threshold = known.flatMap { $0.isFinite && isOwn ? $0 : nil }
    }

    package var comparison: PairDistance.Comparison { distance.comparison }

    /// The embeddings of a recording's examples.
    package func embeddings(_ examples: GivenExamples) throws(TrainingError) -> EmbeddingTable {
        try EmbeddingTable(of: examples, network)
    }

    /// The voice of these recordings.
    package func voice(_ name: String, _ recordings: [EmbeddingTable]) -> Voice {
        Voice(name: name, recordings, comparison: comparison)
    }

    /// How far each example of a recording is from a voice.
    package func distances(_ recording: EmbeddingTable, _ voice: Voice) throws(TrainingError) -> [Double] {
        guard voice.center.count == recording.size else {
            throw .unusable(
                "'\(voice.name)' has \(voice.center.count) values and the network makes \(recording.size); enroll it again"
            )
        }
        return try distance(recording, voice)
    }

    /// Whose a recording seems to be, among these voices.
    ///
    /// - Parameter threshold: in place of the network's own.
    package func identify(
        _ recording: EmbeddingTable, _ voices: [Voice], threshold given: Double? = nil
    ) throws(TrainingError) -> Identification {
        let threshold = given ?? self.threshold
        var candidates: [Identification.Candidate] = []
        for voice in voices {
            let distances = try distances(recording, voice)
            candidates.append(Identification.Candidate(voice.name, distances, threshold: threshold))
        }
        return Identification(candidates, exampleCount: recording.rows.count, threshold: threshold)
    }
}
