import Foundation
import TestSupport
import Testing
import Torch

@testable import Training

extension WithTorch {
    @Suite struct VoiceNetworkTests {
        /// A network in a file, as training leaves it.
        private func saved(
            _ blueprint: NetworkBlueprint, _ metadata: [String: String], in folder: borrowing TemporaryFolder
        ) throws -> String {
            let path = folder.path + "/weights.safetensors"
            try NetworkFile.write(blueprint.make(seed: 5, device: .cpu), metadata: metadata, to: path)
            return path
        }

        private static let small = NetworkBlueprint.voicemap(
            .init(.none, sampleCount: 128, filters: 4, embeddingSize: 6))

        /// Three examples of a made-up speaker as a recording.
        private func recording(_ speaker: Int, _ key: UInt64) -> GivenExamples {
            let speakers = SyntheticSpeakers()
            let values = (0..<3).flatMap { speakers.example(speaker, key * 10 + UInt64($0)) }
            return GivenExamples(values: values, shape: [128], count: 3)
        }

        @Test("a recording's embeddings are those that a dataset's examples have", arguments: NetworkCase.all)
        func sameEmbeddings(_ example: NetworkCase) throws {
            let folder = TemporaryFolder()
            let network = try VoiceNetwork(weights: saved(example.blueprint, [:], in: folder), device: .cpu)
            let made = try example.blueprint.make(seed: 5, device: .cpu)
            let input = try NetworkCase.input("first", made)
            // A ResNet's three channels are one example's, three times.
            let isResNet = made is ResNet18
            let shape = Array(made.exampleShape.dropFirst())
            let width = shape.reduce(1, *)
            let all = try input.floats()
            let given = isResNet ? (0..<4).flatMap { all[$0 * 3 * width..<($0 * 3 + 1) * width] } : all
            let fed =
                isResNet
                ? try Tensor(
                    (0..<4).flatMap { row in (0..<3).flatMap { _ in given[row * width..<(row + 1) * width] }
                    },
                    shape: input.shape) : input
            let table = try network.embeddings(GivenExamples(values: given, shape: shape, count: 4))
            #expect(try table.values == made.embed(fed, .evaluation).floats())
            #expect(table.rows.count == 4 && table.size == made.embeddingSize)
        }

        @Test("the same speaker is nearer than another, in every way to compare", arguments: NetworkCase.all)
        func distances(_ example: NetworkCase) throws {
            let folder = TemporaryFolder()
            let network = try VoiceNetwork(weights: saved(example.blueprint, [:], in: folder), device: .cpu)
            #expect(network.threshold == nil)
            let size = try example.blueprint.make(seed: 5, device: .cpu).embeddingSize
            let near = EmbeddingTable(size: size, values: (0..<size).map { Float($0 % 3) - 1 })
            let far = EmbeddingTable(size: size, values: (0..<size).map { 1 - Float($0 % 3) * 2 })
            let voice = network.voice("a", [near])
            let (own, other) = (try network.distances(near, voice)[0], try network.distances(far, voice)[0])
            if network.comparison == .head {
                // An untrained head over |a − b| may have any sign; it has the network's own.
                #expect(own != other && own.isFinite && other.isFinite)
            } else {
                #expect(abs(own) < 1e-3 && other > 0.5)
            }
        }

        @Test("one enrolled by one recording is known by another, and a stranger is not")
        func oneShot() throws {
            let folder = TemporaryFolder()
            let path = try saved(Self.small, ["threshold": "0.05", "comparison": "euclidean"], in: folder)
            let network = try VoiceNetwork(weights: path, device: .cpu)
            #expect(network.threshold == 0.05 && network.comparison == .euclidean)
            let voices = try [0, 5].map { speaker in
                network.voice("speaker \(speaker)", [try network.embeddings(recording(speaker, 1))])
            }
            let query = try network.embeddings(recording(5, 2))
            let found = try network.identify(query, voices, threshold: 10)
            #expect(
                found.name == "speaker 5" && found.exampleCount == 3 && found.candidates[0].shareWithin == 1)
            #expect(try network.identify(query, voices, threshold: 0).decision == .unknown)
            #expect(try network.identify(query, voices).threshold == 0.05)
        }

        @Test("a threshold of another comparison, or that is no number, is not used")
        func foreignThreshold() throws {
            let folder = TemporaryFolder()
            for metadata in [
                ["threshold": "0.4", "comparison": "cosine"], ["threshold": "nan"], ["threshold": "x"],
            ] {
                let path = try saved(Self.small, metadata, in: folder)
                #expect(try VoiceNetwork(weights: path, device: .cpu).threshold == nil)
            }
        }

        @Test("a new threshold leaves voices valid; new weights do not")
        func digests() throws {
            let folder = TemporaryFolder()
            func digest(_ metadata: [String: String], seed: UInt64) throws -> String {
                let path = folder.path + "/weights.safetensors"
                try NetworkFile.write(Self.small.make(seed: seed, device: .cpu), metadata: metadata, to: path)
                return try WeightDigest.of(path).hex
            }
            let first = try digest([:], seed: 1)
            #expect(try digest(["threshold": "0.4"], seed: 1) == first)
            #expect(try digest([:], seed: 2) != first)
        }

        @Test("a recording of another shape is refused in one sentence")
        func shape() throws {
            let folder = TemporaryFolder()
            let network = try VoiceNetwork(weights: saved(Self.small, [:], in: folder), device: .cpu)
            let error = #expect(throws: TrainingError.self) {
                try network.embeddings(GivenExamples(values: [0, 0], shape: [2], count: 1))
            }
            #expect(error?.message.contains("have the shape [2], and VoicemapNet takes [1, 128]") == true)
        }
    }
}
