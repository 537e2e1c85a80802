import Foundation
import TestSupport
import Testing

@testable import ContentStore

@Suite struct MappedRowsTests {
    @Test("rows are read where they lie, whatever tensors stand before")
    func rows() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/a.safetensors"
        try TensorFile(
            kind: "test",
            tensors: [
                Tensor("before", [1, 2, 3] as [UInt32]),
                Tensor("values", shape: [3, 2, 2], .float32((0..<12).map { Float($0) })),
            ]
        ).publish(at: path)
        let rows = try TensorFileReader(path: path).mapped("values")
        #expect(rows.count == 3 && rows.rowShape == [2, 2] && rows.type == .float32)
        for row in 0..<3 {
            let sum = rows.withRow(row) { bytes in
                (0..<4).reduce(Float(0)) {
                    unsafe $0 + bytes.unsafeLoadUnaligned(fromByteOffset: 4 * $1, as: Float.self)
                }
            }
            #expect(sum == Float(16 * row + 6))
        }
        #expect(throws: StoreError.self) { try TensorFileReader(path: path).mapped("other") }
    }

    @Test("a published file replaces the old one whole and leaves nothing beside it")
    func publication() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/a.safetensors"
        for value: UInt32 in [1, 2] {
            try TensorFile(kind: "test", tensors: [Tensor("x", [value])]).publish(at: path)
            #expect(try TensorFileReader(path: path).unsigned("x") == [value])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.safetensors"])
        #expect(throws: StoreError.self) {
            try TensorFile(kind: "test", tensors: []).publish(at: folder.path + "/none/a.safetensors")
        }
    }
}
