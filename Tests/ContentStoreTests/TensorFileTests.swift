import ContentStore
import Foundation
import TestSupport
import Testing

@Suite("An artifact's file")
struct TensorFileTests {
    /// The small file of these tests, in every form.
    private static let small = TensorFile(
        kind: "test", metadata: ["note": "a\"b"],
        tensors: [
            Tensor("values", shape: [2, 2], .float32([1, -2, 0.5, .infinity])),
            Tensor("ends", [UInt32(1), 0xdead_beef]),
        ])

    private static let header =
        #"{"__metadata__":{"kind":"test","note":"a\"b"},"#
        + #""values":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"#
        + #""ends":{"dtype":"U32","shape":[2],"data_offsets":[16,24]}}"#

    private static let data: [UInt8] = [
        0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x3f, 0x00, 0x00, 0x80, 0x7f,
        0x01, 0x00, 0x00, 0x00, 0xef, 0xbe, 0xad, 0xde,
    ]

    private func write(_ file: TensorFile, below folder: String) throws -> (artifact: Artifact, path: String)
    {
        let store = try Store(root: folder + "/store")
        let staged = try store.stage(file, keep: true)
        try store.publish([staged])
        return (staged.artifact, store.path(of: staged.artifact.digest))
    }

    /// The digest is from Python 3.11: hashlib.sha256 over the same header and struct.pack of the numbers.
    @Test("has exactly the bytes its form prescribes")
    func pinnedBytes() throws {
        let folder = TemporaryFolder()
        let (artifact, path) = try write(TensorFileTests.small, below: folder.path)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(bytes.prefix(8) == [184, 0, 0, 0, 0, 0, 0, 0])
        let header = String(decoding: bytes[8..<192], as: UTF8.self)
        let written = TensorFileTests.header
        #expect(header == written + String(repeating: " ", count: 184 - written.utf8.count))
        #expect(Array(bytes[192...]) == TensorFileTests.data)
        #expect(artifact.byteCount == 216)
        #expect(TensorFileTests.small.byteCount == 216)
        #expect(artifact.digest.hex == "d9f33328ba0e69ea658d1c8bbdf571e53b30647d74bd2f15416c8f85d9fb6ff8")
    }

    @Test("has its data at a multiple of 64 bytes, whatever the length of its header", arguments: 0..<66)
    func alignment(extra: Int) throws {
        let file = TensorFile(
            kind: "test", metadata: ["note": String(repeating: "x", count: extra)],
            tensors: [Tensor("a", [UInt8(7)])])
        let folder = TemporaryFolder()
        let bytes = [UInt8](
            try Data(contentsOf: URL(fileURLWithPath: try write(file, below: folder.path).path)))
        #expect((bytes.count - 1) % 64 == 0)
        #expect(bytes.last == 7)
        #expect(bytes.count == file.byteCount)
        #expect(Int(bytes[0]) + Int(bytes[1]) << 8 + 8 + 1 == bytes.count)
    }

    @Test("gives back every element of every type")
    func roundtrip() throws {
        let floats: [Float] = [0, -0.0, 1.5, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -.infinity]
        let halves: [UInt16] = [0x0000, 0x8000, 0x3c00, 0x0001, 0x7bff, 0xfc00]
        let file = TensorFile(
            kind: "test",
            tensors: [
                Tensor("integers", [Int64.min, -1, 0, Int64.max]),
                Tensor("floats", shape: [3, 2], .float32(floats)),
                Tensor("unsigned", [UInt32.min, 1, UInt32.max]),
                Tensor("halves", shape: [2, 3], .float16(halves)),
                Tensor("bytes", [UInt8.min, 1, UInt8.max]), Tensor("none", [UInt8]()),
            ])
        let folder = TemporaryFolder()
        let read = try TensorFileReader(path: try write(file, below: folder.path).path)
        #expect(read.entries.keys.sorted() == ["bytes", "floats", "halves", "integers", "none", "unsigned"])
        #expect(read.entries["floats"]?.shape == [3, 2])
        #expect(read.entries["halves"]?.type == .float16)
        #expect(try read.integers("integers") == [Int64.min, -1, 0, Int64.max])
        #expect(try read.floats("floats").map(\.bitPattern) == floats.map(\.bitPattern))
        #expect(try read.unsigned("unsigned") == [UInt32.min, 1, UInt32.max])
        #expect(try read.bytes("bytes") == [UInt8.min, 1, UInt8.max])
        #expect(try read.bytes("none") == [])
        #expect(
            try read.floats("halves", rows: 0..<2).map(\.bitPattern)
                == [0, -0.0, 1, 0x1p-24, 65504, -Float.infinity].map(\.bitPattern))
    }

    @Test("gives back some rows without the others")
    func rows() throws {
        let values = (0..<12).map(Float.init)
        let file = TensorFile(
            kind: "test",
            tensors: [
                Tensor("floats", shape: [4, 3], .float32(values)),
                Tensor("halves", shape: [4, 3], .float16(values.map(HalfPrecision.bits))),
            ])
        let folder = TemporaryFolder()
        let read = try TensorFileReader(path: try write(file, below: folder.path).path)
        for name in ["floats", "halves"] {
            #expect(try read.floats(name, rows: 0..<4) == values)
            #expect(try read.floats(name, rows: 1..<3) == [3, 4, 5, 6, 7, 8])
            #expect(try read.floats(name, rows: 4..<4) == [])
            let refusal = #expect(throws: StoreError.self) { try read.floats(name, rows: 3..<5) }
            #expect(refusal?.message.hasSuffix("has 4 rows of \(name), not row 4") == true)
            #expect(throws: StoreError.self) { try read.floats(name, rows: -1..<1) }
        }
    }

    @Test("writes only as many elements as its shape counts")
    func longerBuffer() throws {
        let file = TensorFile(kind: "test", tensors: [Tensor("a", shape: [2], .float32([1, 2, 3, 4]))])
        let exact = TensorFile(kind: "test", tensors: [Tensor("a", shape: [2], .float32([1, 2]))])
        let folder = TemporaryFolder()
        #expect(try write(file, below: folder.path).artifact == write(exact, below: folder.path).artifact)
    }

    @Test("keeps every character of its metadata and names")
    func escaping() throws {
        let awkward =
            "quote \" slash \\ / newline \n tab \t bell \u{07} null \u{00} delete \u{7f} é 語 😀 \u{2028}"
        let file = TensorFile(
            kind: "test", metadata: [awkward: awkward, "z": "", "": "empty"],
            tensors: [Tensor("name \"\\\n", [UInt8(1)])])
        let folder = TemporaryFolder()
        let path = try write(file, below: folder.path).path
        let read = try TensorFileReader(path: path)
        #expect(read.metadata == ["kind": "test", awkward: awkward, "z": "", "": "empty"])
        #expect(try read.bytes("name \"\\\n") == [1])
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        #expect(text.contains(#"newline \u000a tab \u0009 bell \u0007 null \u0000 delete"#))
    }

    @Test("has the same bytes in whatever order its metadata were given")
    func canonicalMetadata() throws {
        let names = (0..<40).map { "key\($0)" }
        let folder = TemporaryFolder()
        let artifacts = try [names, names.reversed(), names.shuffled()].map { order in
            var metadata: [String: String] = [:]
            for name in order { metadata[name] = "of " + name }
            return try write(TensorFile(kind: "test", metadata: metadata, tensors: []), below: folder.path)
                .artifact
        }
        #expect(Set(artifacts).count == 1)
    }

    @Test("says which tensor it lacks, or has in another type")
    func missingTensor() throws {
        let folder = TemporaryFolder()
        let read = try TensorFileReader(path: try write(TensorFileTests.small, below: folder.path).path)
        let absent = #expect(throws: StoreError.self) { try read.bytes("absent") }
        #expect(absent?.message.hasSuffix("has no tensor 'absent' of type U8") == true)
        let other = #expect(throws: StoreError.self) { try read.integers("values") }
        #expect(other?.message.hasSuffix("has no tensor 'values' of type I64") == true)
    }
}
