import Foundation
import Testing

/// The six-speaker corpus and a workspace built from it, made once for all tests: copy them before changing them.
enum Reference {
    private static let folder = WorkFolder()

    static let corpus = Task<String, any Error> {
        let path = folder.path + "/LibriSpeech"
        try SmallCorpus.sixSpeakers.write(to: path)
        return path
    }

    private static let built = Task<(dataset: Dataset, summary: Summary), any Error> {
        atexit { try? FileManager.default.removeItem(atPath: Reference.folder.path) }
        let dataset = Dataset(corpus: try await corpus.value, workspace: folder.path + "/workspace")
        return (dataset, try await dataset.build())
    }

    /// What building the reference came to.
    static var summary: Summary { get async throws { try await built.value.summary } }

    /// The built workspace itself: for reading only.
    static var dataset: Dataset { get async throws { try await built.value.dataset } }

    /// A copy of the built workspace in `folder`, over the corpus that all share.
    static func copy(in folder: WorkFolder) async throws -> Dataset {
        var dataset = try await built.value.dataset
        try Tree.copy(dataset.workspace, to: folder.path + "/workspace")
        dataset.workspace = folder.path + "/workspace"
        return dataset
    }

    /// A copy of both in `folder`.
    static func copyWithCorpus(in folder: WorkFolder) async throws -> Dataset {
        var dataset = try await copy(in: folder)
        try Tree.copy(dataset.corpus, to: folder.path + "/LibriSpeech")
        dataset.corpus = folder.path + "/LibriSpeech"
        return dataset
    }

    /// An empty workspace in `folder`, over the corpus that all share.
    static func fresh(in folder: WorkFolder) async throws -> Dataset {
        Dataset(corpus: try await corpus.value, workspace: folder.path + "/workspace")
    }
}
