import ContentStore
import Foundation
import TestSupport
import Testing

@Suite("An artifact with one tensor replaced")
struct TensorReplacementTests {
    private func publish(_ file: TensorFile, in store: Store) throws -> TensorFileReader {
        let staged = try store.stage(file, keep: true)
        try store.publish([staged])
        return try store.read(staged.artifact.digest)
    }

    private func file(_ values: [Float], halves: [UInt16] = [0x3c00, 0xfc00]) -> TensorFile {
        TensorFile(
            kind: "test", metadata: ["schema": "1"],
            tensors: [
                Tensor("start", [Int64(1), -1]), Tensor("values", shape: [2, 2], .float32(values)),
                Tensor("ends", [UInt32(1), 2]),
                Tensor("halves", shape: halves.isEmpty ? [0] : [2], .float16(halves)),
                Tensor("none", [UInt8]()), Tensor("text", [UInt8(65), 66]),
            ])
    }

    @Test("is the artifact made with that tensor from the start, byte for byte")
    func replaced() throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path)
        let old = try publish(file([1, 2, 3, 4]), in: store)
        let new = try old.replacing("values", with: Tensor("values", shape: [2, 2], .float32([5, 6, 7, 8])))
        #expect(
            try store.stage(new, keep: false).artifact
                == store.stage(file([5, 6, 7, 8]), keep: false).artifact)
        #expect(
            try store.stage(new, keep: false).artifact
                != store.stage(file([1, 2, 3, 4]), keep: false).artifact)
    }

    @Test("keeps the others bit for bit, signs and payloads of what is not a number too")
    func halvesThatAreNotNumbers() throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path)
        let old = try publish(file([1, 2, 3, 4], halves: [0xfe01, 0x7c01]), in: store)
        let same = try old.replacing(
            "values", with: Tensor("values", shape: [2, 2], .float32([1, 2, 3, 4])))
        #expect(
            try store.stage(same, keep: false).artifact
                == store.stage(file([1, 2, 3, 4], halves: [0xfe01, 0x7c01]), keep: false).artifact)
    }

    @Test("cannot be had for a tensor that is not there")
    func absent() throws {
        let folder = TemporaryFolder()
        let old = try publish(file([1, 2, 3, 4]), in: try Store(root: folder.path))
        let error = #expect(throws: StoreError.self) {
            try old.replacing("absent", with: Tensor("absent", [UInt8(1)]))
        }
        #expect(error?.message == "\(old.path) has no tensor 'absent' to replace")
    }

    @Test("columns of texts come back as they were")
    func texts() throws {
        let folder = TemporaryFolder()
        var column = TextColumn()
        let texts = ["1272-128104-0000", "", "é語😀", "\0\n", ""]
        for text in texts { column.append(text) }
        let tensors = column.tensors("utterance")
        let file = TensorFile(kind: "test", tensors: [tensors.ends, tensors.bytes])
        let read = try publish(file, in: try Store(root: folder.path))
        #expect(try TextColumn.read("utterance", from: read) == texts)
        #expect(throws: StoreError.self) { try TextColumn.read("speaker", from: read) }
    }
}
