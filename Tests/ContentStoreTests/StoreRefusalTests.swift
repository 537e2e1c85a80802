import ContentStore
import Foundation
import TestSupport
import Testing

@Suite("When the file system refuses, the store", .serialized)
struct StoreRefusalTests {
    private func file(_ count: Int) -> TensorFile {
        TensorFile(kind: "test", tensors: [Tensor("v", [UInt8](repeating: 1, count: count))])
    }

    /// Expects one sentence that says what could not be done, where, why and what to do.
    private func expect(_ error: StoreError?, _ what: String, _ why: String, _ advice: String) {
        guard case .refused(let message) = error else {
            Issue.record("\(String(describing: error)) should be .refused")
            return
        }
        #expect(message.hasPrefix("cannot \(what)"))
        #expect(message.contains(": \(why)"))
        #expect(message.hasSuffix(advice))
        #expect(!message.contains("\n") && !message.contains(". "))
    }

    @Test("says in one sentence that a file stands where its folder should be")
    func fileInTheWay() throws {
        let folder = TemporaryFolder()
        let place = folder.path + "/file"
        try Data("x".utf8).write(to: URL(fileURLWithPath: place))
        let error = #expect(throws: StoreError.self) { try Store(root: place) }
        expect(error, "make the folder \(place)/incoming", "Not a directory", "Not a directory")
    }

    @Test("says in one sentence that its folder is gone")
    func folderGone() throws {
        let folder = TemporaryFolder()
        let store = try Store(root: folder.path + "/store")
        try FileManager.default.removeItem(atPath: store.root)
        let error = #expect(throws: StoreError.self) { try store.stage(file(1), keep: true) }
        expect(
            error, "write \(store.root)/incoming/", "No such file or directory", "No such file or directory")
    }

    @Test(
        "says in one sentence that its folder may not be written",
        .enabled(if: geteuid() != 0, "root may write anywhere"))
    func readOnlyFolder() throws {
        let folder = TemporaryFolder()
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
        let error = #expect(throws: StoreError.self) { try Store(root: folder.path + "/store") }
        try manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path)
        expect(
            error, "make the folder \(folder.path)/store/incoming", "Permission denied",
            "; check who may write there")
    }

    @Test(
        "says in one sentence that its disk is read-only",
        .enabled(if: SmallDisk.isPossible, "needs root to mount"))
    func readOnlyDisk() throws {
        let folder = TemporaryFolder()
        let disk = try SmallDisk(below: folder.path, byteCount: 1 << 20)
        let store = try Store(root: disk.path)
        try disk.makeReadOnly()
        let writing = #expect(throws: StoreError.self) { try store.stage(file(1), keep: true) }
        expect(
            writing, "write \(disk.path)/incoming/", "Read-only file system", "; check who may write there")
        let making = #expect(throws: StoreError.self) { try Store(root: disk.path + "/other") }
        expect(
            making, "make the folder \(disk.path)/other", "Read-only file system",
            "; check who may write there")
    }

    @Test(
        "says in one sentence that the disk is full, and leaves nothing half written",
        .enabled(if: SmallDisk.isPossible, "needs root to mount"))
    func fullDisk() throws {
        let folder = TemporaryFolder()
        let disk = try SmallDisk(below: folder.path, byteCount: 256 << 10)
        let store = try Store(root: disk.path)
        let kept = try store.stage(file(1000), keep: true)
        try store.publish([kept])
        let error = #expect(throws: StoreError.self) { try store.stage(file(1 << 20), keep: true) }
        expect(
            error, "write \(disk.path)/incoming/", "No space left on device",
            "; free some space ('twinset gc' removes what no build needs) and run it again")
        #expect(try store.removeIncoming() == 0)
        #expect(store.all() == [kept.artifact])
        #expect(try store.stage(file(1 << 20), keep: false).artifact.byteCount > 1 << 20)
    }
}
