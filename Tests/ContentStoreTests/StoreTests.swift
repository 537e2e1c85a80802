import ContentStore
import Foundation
import TestSupport
import Testing

@Suite("The store")
struct StoreTests {
    private func file(_ values: [UInt32]) -> TensorFile {
        TensorFile(kind: "test", tensors: [Tensor("v", values)])
    }

    private func incoming(_ store: Store) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: store.root + "/incoming").sorted()
    }

    @Test("gives back what was staged and published")
    func published() throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path + "/store")
        let staged = try store.stage(file([1, 2, 3]), keep: true)
        #expect(staged.isKept)
        try store.publish([staged])
        #expect(store.contains(staged.artifact))
        #expect(store.byteCount(of: staged.artifact.digest) == staged.artifact.byteCount)
        #expect(try store.read(staged.artifact.digest).unsigned("v") == [1, 2, 3])
        #expect(try store.read(staged.artifact.digest).metadata == ["kind": "test"])
        #expect(store.all() == [staged.artifact])
        #expect(try incoming(store) == [])
    }

    @Test("shows nothing of what is staged until it is published")
    func unpublished() throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path)
        let staged = try store.stage(file([1]), keep: true)
        #expect(!store.contains(staged.artifact))
        #expect(store.byteCount(of: staged.artifact.digest) == nil)
        #expect(store.all() == [])
        #expect(throws: StoreError.self) { try store.read(staged.artifact.digest) }
        #expect(try incoming(store).count == 1)
    }

    @Test("loses what a killed build left half written, and nothing else")
    func removesIncoming() throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path)
        let kept = try store.stage(file([1]), keep: true)
        try store.publish([kept])
        _ = try store.stage(file([2]), keep: true)
        _ = try store.stage(file([3]), keep: true)
        #expect(try store.removeIncoming() == 2)
        #expect(try incoming(store) == [])
        #expect(store.all() == [kept.artifact])
        #expect(try store.removeIncoming() == 0)
    }

    @Test("hashes but does not write what is not to be kept")
    func notKept() throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path)
        let staged = try store.stage(file([1, 2]), keep: false)
        #expect(!staged.isKept)
        #expect(try incoming(store) == [])
        try store.publish([staged])
        #expect(store.all() == [])
        #expect(!store.contains(staged.artifact))
        #expect(try store.stage(file([1, 2]), keep: true).artifact == staged.artifact)
    }

    @Test("names an artifact by its digest, in a folder of its first two digits")
    func layout() throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path)
        let staged = try store.stage(file([1]), keep: true)
        try store.publish([staged])
        let hex = staged.artifact.digest.hex
        let path = "\(folder.path)/\(hex.prefix(2))/\(hex).safetensors"
        #expect(store.path(of: staged.artifact.digest) == path)
        #expect(try Digest.of(Data(contentsOf: URL(fileURLWithPath: path))) == staged.artifact.digest)
    }

    @Test("lists artifacts in the order of their digests, and no other files")
    func all() throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path)
        let staged = try (0..<40).map { try store.stage(file([UInt32($0)]), keep: true) }
        try store.publish(staged)
        try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path + "/notes.txt"))
        try Data("x".utf8).write(
            to: URL(
                fileURLWithPath: (store.path(of: staged[0].artifact.digest) as NSString)
                    .deletingLastPathComponent + "/x"))
        #expect(store.all() == staged.map(\.artifact).sorted { $0.digest < $1.digest })
    }

    @Test("holds the same content once, whoever brings it")
    func sameContent() throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path)
        let twice = [try store.stage(file([7]), keep: true), try store.stage(file([7]), keep: true)]
        #expect(twice[0].artifact == twice[1].artifact)
        try store.publish(twice)
        #expect(store.all() == [twice[0].artifact])
        #expect(try store.read(twice[0].artifact.digest).unsigned("v") == [7])
        #expect(try incoming(store) == [])
    }

    @Test("notices a flipped byte when it rehashes, and a changed size at once")
    func damage() throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path)
        let artifact = try store.stage(file([1, 2, 3]), keep: true)
        try store.publish([artifact])
        let digest = artifact.artifact.digest
        #expect(try store.rehash(digest) == digest)
        let place = URL(fileURLWithPath: store.path(of: digest))
        var bytes = try Data(contentsOf: place)
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: place)
        #expect(try store.rehash(digest) != digest)
        #expect(store.contains(artifact.artifact))
        try bytes.dropLast().write(to: place)
        #expect(!store.contains(artifact.artifact))
        #expect(store.byteCount(of: digest) == artifact.artifact.byteCount - 1)
    }

    @Test("forgets an artifact that is removed, and does not mind one that is gone")
    func remove() throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path)
        let staged = try store.stage(file([1]), keep: true)
        try store.publish([staged])
        try store.remove(staged.artifact.digest)
        #expect(store.all() == [])
        try store.remove(staged.artifact.digest)
        #expect(throws: StoreError.self) { try store.rehash(staged.artifact.digest) }
    }

    @Test("opened for reading makes no folder, and finds nothing where there is none")
    func reading() throws {
        let folder = TemporaryFolder()
        let store = Store(reading: folder.path + "/absent")
        #expect(store.all() == [])
        #expect(!store.contains(Artifact(digest: Digest.of([]), byteCount: 0)))
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/absent"))
        #expect(Store(reading: folder.path).freeByteCount ?? 0 > 0)
        #expect(store.freeByteCount ?? 0 > 0)
    }
}
