import Foundation
import Testing

@testable import Stages

@Suite("what lists call the examples of a build")
struct ExampleIndexTests {
    @Test(
        "an utterance is found by its name, its id, Kaldi's and an export's, and by its file under any folders"
    )
    func names() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        let workspace = Workspace(path: corpus.folder.path + "/workspace")
        let built = try BuiltArtifacts(try corpus.recipe(), workspace: workspace)
        let index = try built.exampleIndex()
        #expect(index.utteranceNames.count == corpus.fileCount)
        let (id, whole) = (corpus.id(1, 0, 1), "12/120/\(corpus.id(1, 0, 1))")
        let number = try #require(index.utteranceNames.firstIndex(of: whole))
        for name in [
            whole, id, "\(id).flac", "\(whole).wav", "./\(whole).flac", "train-clean-100/\(whole).flac",
            "/data/LibriSpeech/train-clean-100/\(whole).flac",
        ] {
            #expect(index.utterance(named: name) == number, "\(name)")
        }
        for name in ["12/120/12-120-0009", "nowhere/\(id)", "", "/", "12"] {
            #expect(index.utterance(named: name) == nil, "\(name)")
        }
        let row = try #require(index.utterances.firstIndex(of: UInt32(number)))
        #expect(index.key(ofRow: row).hasPrefix("12-120-0001-0"))
        #expect(Set(index.utterances).count <= corpus.fileCount)
    }
}
