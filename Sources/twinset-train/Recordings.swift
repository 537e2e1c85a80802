import Console
import Foundation
import Stages
import Training

/// Recordings on their way to embeddings: read as the examples of a run's recipe, and embedded by its network.
struct Recordings {
    /// One that was heard.
    struct Heard {
        let name: String
        let embeddings: Training.EmbeddingTable
        let seconds: Double
    }

    private let reader: RecordingReader
    private let network: VoiceNetwork
    private let rate: Int
    /// Whether several channels become one; else it is the first.
    private let isMixed: Bool

    init(_ folder: RunFolder, _ network: VoiceNetwork) throws {
        let recipe = try folder.recipe()
        // Only a recipe that normalizes by its dataset needs more than the run's folder.
        let statistics =
            recipe.features.normalize == .dataset
            ? try folder.artifacts(of: network.dataset).statistics() : nil
        reader = try RecordingReader(recipe, statistics: statistics)
        self.network = network
        rate = recipe.resample.rate
        isMixed = recipe.ingest.channels != .first
    }

    /// The recording in the file at `path`; `-` is standard input.
    func hear(_ path: String) throws -> Heard {
        guard path == "-" else { return try hear(path, called: path) }
        let piped = try PipedRecording(FileHandle.standardInput)
        return try hear(piped.path, called: "standard input")
    }

    private func hear(_ path: String, called name: String) throws -> Heard {
        let found = try reader.examples(path: path, called: name)
        if found.sampleRate < rate {
            Terminal.note(
                "\(name) has \(found.sampleRate) Hz where the network was trained on \(rate) Hz; what it lacks above "
                    + "\(found.sampleRate / 2) Hz may make it look like another voice")
        }
        if found.channelCount > 1, isMixed {
            Terminal.note("the \(found.channelCount) channels of \(name) are mixed")
        }
        let examples = GivenExamples(values: found.values, shape: found.shape, count: found.count)
        return Heard(name: name, embeddings: try network.embeddings(examples), seconds: found.seconds)
    }
}
