import ContentStore
import Foundation
import Stages
import Testing

@Suite("a training is recorded beside the build that it was trained on")
struct RunRecordTests {
    private func weights(_ value: Float, in corpus: StageCorpus) throws -> RunRecord {
        let path = "\(corpus.folder.path)/weights-\(value).safetensors"
        try TensorFile(kind: "weights", tensors: [Tensor("w", shape: [1], .float32([value]))]).publish(
            at: path)
        return RunRecord(
            name: "net", parameters: "{\"seed\":1}", libraries: ["libtorch": "1"],
            files: [("weights", path)], seconds: 2)
    }

    private func trained(_ workspace: Workspace) throws -> [String] {
        try ArtifactList.read(workspace, stage: "train", all: false).compactMap(\.path)
    }

    @Test("its files are listed, rehashed and kept with the dataset, also when that is built again")
    func recorded() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        let workspace = Workspace(path: corpus.folder.path + "/workspace")
        let built = try BuiltArtifacts(try corpus.recipe(), workspace: workspace)
        let other = try await built.record(try weights(1, in: corpus), onWait: { _ in })
        #expect(other.isEmpty)
        let path = try #require(try trained(workspace).first)
        #expect(try TensorFileReader(path: path).floats("w") == [1])
        try await corpus.build()
        _ = try await GarbageCollection(workspace: workspace, keep: 1).run(dryRun: false)
        #expect(try trained(workspace) == [path])
        // Another dataset has not been trained on.
        try await corpus.build(set: ["features.mels=16"])
        #expect(try trained(workspace).isEmpty)
    }

    @Test("what an earlier run with all the same made otherwise is named")
    func other() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        let workspace = Workspace(path: corpus.folder.path + "/workspace")
        let built = try BuiltArtifacts(try corpus.recipe(), workspace: workspace)
        #expect(try await built.record(try weights(1, in: corpus), onWait: { _ in }).isEmpty)
        #expect(try await built.record(try weights(1, in: corpus), onWait: { _ in }).isEmpty)
        #expect(try await built.record(try weights(2, in: corpus), onWait: { _ in }) == ["weights"])
        #expect(try trained(workspace).count == 1)
    }
}
