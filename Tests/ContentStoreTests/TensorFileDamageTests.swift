import ContentStore
import Foundation
import TestSupport
import Testing

@Suite("A damaged artifact")
struct TensorFileDamageTests {
    /// The reader's complaint about a file of these bytes, or nil when it takes them.
    private func refusal(_ bytes: [UInt8]) throws -> String? {
        let folder = TemporaryFolder()
        return try refusal(bytes, in: folder)
    }

    private func refusal(_ bytes: [UInt8], in folder: borrowing TemporaryFolder) throws -> String? {
        let path = folder.path + "/damaged.safetensors"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        do throws(StoreError) {
            _ = try TensorFileReader(path: path)
            return nil
        } catch {
            #expect(error.message.hasPrefix(path))
            #expect(!error.message.contains("\n"))
            guard case .damaged = error else { return "not called damaged: \(error)" }
            return String(error.message.dropFirst(path.count + 1))
        }
    }

    /// A file of `header` and four bytes of data.
    private func file(_ header: String, length: UInt64? = nil) -> [UInt8] {
        let count = length ?? UInt64(header.utf8.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) } + Array(header.utf8) + [
            1, 2, 3, 4,
        ]
    }

    private func tensor(_ fields: String) -> [UInt8] { file("{\"a\":{\(fields)}}") }

    private static let whole = #""dtype":"U32","shape":[1],"data_offsets":[0,4]"#

    @Test("is told from a whole one")
    func whole() throws {
        #expect(try refusal(tensor(TensorFileDamageTests.whole)) == nil)
    }

    @Test("cut off at any byte is refused")
    func cutOff() throws {
        let bytes = file(#"{"__metadata__":{"kind":"test"},"a":{\#(TensorFileDamageTests.whole)}}"#)
        #expect(try refusal(bytes) == nil)
        for count in bytes.indices {
            let message = try #require(
                try refusal(Array(bytes[..<count])), "cut to \(count) of \(bytes.count) bytes")
            #expect(message.contains(count < 8 ? "is not an artifact: it has \(count) bytes" : "cut off"))
        }
    }

    @Test(
        "whose header is said to be longer than the file is refused",
        arguments: [1 << 40, UInt64.max, 1 << 63])
    func lyingLength(length: UInt64) throws {
        #expect(
            try refusal(file("{}", length: length)) == "is cut off: its header should have \(length) bytes")
        #expect(try refusal(file("{}", length: 7)) == "is cut off: its header should have 7 bytes")
    }

    @Test(
        "whose header is not a JSON object is refused",
        arguments: [
            "", " ", "[]", "1", "null", "{\"a\":", "{}}", "fLaC", "\u{0}\u{0}",
            String(repeating: "[", count: 5000),
        ])
    func notJSON(header: String) throws {
        #expect(try refusal(file(header)) == "has a header that is not JSON")
    }

    @Test(
        "whose tensor does not lie in the file is refused by its name",
        arguments: [
            #""dtype":"U32","shape":[2],"data_offsets":[0,8]"#,
            #""dtype":"U32","shape":[1],"data_offsets":[4,8]"#,
            #""dtype":"U32","shape":[1],"data_offsets":[1,5]"#,
            #""dtype":"U32","shape":[1],"data_offsets":[4,0]"#,
            #""dtype":"U32","shape":[1],"data_offsets":[-4,0]"#,
            #""dtype":"U32","shape":[1],"data_offsets":[0,3]"#,
            #""dtype":"U32","shape":[1],"data_offsets":[0]"#,
            #""dtype":"U32","shape":[1],"data_offsets":[0,4,4]"#,
            #""dtype":"U32","shape":[1],"data_offsets":["0","4"]"#,
            #""dtype":"U32","shape":[1],"data_offsets":[0,4.5]"#,
            #""dtype":"U32","shape":[-1],"data_offsets":[0,4]"#,
            #""dtype":"U32","shape":[-1,-1],"data_offsets":[0,4]"#,
            #""dtype":"U32","shape":1,"data_offsets":[0,4]"#, #""dtype":"U32","data_offsets":[0,4]"#,
            #""dtype":"BF16","shape":[2],"data_offsets":[0,4]"#, #""shape":[1],"data_offsets":[0,4]"#,
            #""dtype":"U32","shape":[1]"#, "",
        ])
    func outside(fields: String) throws {
        #expect(try refusal(tensor(fields)) == "is damaged or cut off: tensor a does not lie in the file")
    }

    @Test(
        "whose numbers are too large to count with is refused",
        arguments: [
            #""dtype":"U32","shape":[9223372036854775807],"data_offsets":[0,4]"#,
            #""dtype":"U32","shape":[4611686018427387904,4],"data_offsets":[0,0]"#,
            #""dtype":"U8","shape":[3037000500,3037000500],"data_offsets":[0,4]"#,
            #""dtype":"U8","shape":[0,4611686018427387904,4611686018427387904],"data_offsets":[0,0]"#,
            #""dtype":"U8","shape":[1],"data_offsets":[1,-9223372036854775808]"#,
            #""dtype":"U8","shape":[4],"data_offsets":[9223372036854775807,9223372036854775807]"#,
            #""dtype":"U8","shape":[4],"data_offsets":[0,1e300]"#,
        ])
    func overflow(fields: String) throws {
        #expect(try refusal(tensor(fields)) == "is damaged or cut off: tensor a does not lie in the file")
    }

    @Test("whose metadata are not texts is refused", arguments: ["[]", "1", "{\"kind\":1}", "null"])
    func metadata(value: String) throws {
        #expect(try refusal(file("{\"__metadata__\":\(value)}")) == "has metadata that are not texts")
    }

    @Test("with any one bit of its header flipped is read or refused, and never ends the program")
    func flippedBits() throws {
        let bytes = file(#"{"__metadata__":{"kind":"test"},"a":{\#(TensorFileDamageTests.whole)}}"#)
        let folder = TemporaryFolder()
        var refused = 0
        for position in 0..<(bytes.count - 4) {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[position] ^= 1 << UInt8(bit)
                if try refusal(flipped, in: folder) != nil { refused += 1 }
            }
        }
        #expect(refused > 300)
    }

    @Test("that is not there or is a folder is refused with its path")
    func unreadable() throws {
        let folder = TemporaryFolder()
        for path in [folder.path + "/absent", folder.path] {
            let error = #expect(throws: StoreError.self) { try TensorFileReader(path: path) }
            #expect(error?.message.hasPrefix("cannot read \(path): ") == true)
        }
    }

    @Test(
        "column of texts that ends before it starts, or beyond its bytes, is refused",
        arguments: [[3, 2], [4], [5, 9]])
    func column(ends: [UInt32]) throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path)
        let staged = try store.stage(
            TensorFile(kind: "test", tensors: [Tensor("id.end", ends), Tensor("id", Array("abc".utf8))]),
            keep: true)
        try store.publish([staged])
        let file = try store.read(staged.artifact.digest)
        let error = #expect(throws: StoreError.self) { try TextColumn.read("id", from: file) }
        #expect(error?.message == "\(file.path) is damaged: column id ends before it starts")
    }
}
