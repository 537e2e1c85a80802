internal import Foundation
import Synchronization

/// The artifacts of a workspace on disk, each under its digest:
///
///     store/ab/abcdef….safetensors      published, whole, never changed
///     store/incoming/123-7              being written; of no meaning after a crash
///
/// An artifact is written under `incoming`, brought to disk, and renamed: a reader finds all of it or none.
package struct Store: Sendable {
    package let root: String
    private static let counter = Atomic<Int>(0)

    /// The store below `root`, made if it is not there.
    package init(root: String) throws(StoreError) {
        self.root = root
        try Store.makeFolder(root + "/incoming")
    }

    /// The store below `root` for reading only.
    package init(reading root: String) { self.root = root }

    package func path(of digest: Digest) -> String {
        let hex = digest.hex
        return "\(root)/\(hex.prefix(2))/\(hex).safetensors"
    }

    /// Whether the bytes are there, by name and size; `verify` looks at every byte.
    package func contains(_ artifact: Artifact) -> Bool {
        byteCount(of: artifact.digest) == artifact.byteCount
    }

    /// The size on disk, or nil when the artifact is not kept.
    package func byteCount(of digest: Digest) -> Int? { Store.byteCount(path(of: digest)) }

    package func read(_ digest: Digest) throws(StoreError) -> TensorFileReader {
        try TensorFileReader(path: path(of: digest))
    }

    /// Hashes `file` and, when `keep`, writes it under `incoming`, to be published later.
    package func stage(_ file: TensorFile, keep: Bool) throws(StoreError) -> StagedArtifact {
        guard keep else {
            var hasher = StreamHasher()
            unsafe file.write { bytes in unsafe hasher.update(bytes) }
            return StagedArtifact(
                artifact: Artifact(digest: hasher.finish(), byteCount: file.byteCount), path: nil)
        }
        let serial = Store.counter.add(1, ordering: .relaxed).newValue
        let path = "\(root)/incoming/\(getpid())-\(serial)"
        let output = try IncomingFile(path: path)
        let artifact = try output.write(file)
        return StagedArtifact(artifact: artifact, path: path)
    }

    /// Copies the file at `path`, a whole safetensors file, under `incoming`, to be published later.
    package func stage(copyOf path: String) throws(StoreError) -> StagedArtifact {
        let serial = Store.counter.add(1, ordering: .relaxed).newValue
        let copy = "\(root)/incoming/\(getpid())-\(serial)"
        do {
            try FileManager.default.copyItem(atPath: path, toPath: copy)
        } catch {
            throw .system("copy into the store", path)
        }
        // The copy is what is hashed: the file may change meanwhile.
        let digest = try SourceFile.digest(path: copy)
        guard let size = Store.byteCount(copy) else { throw .system("read", copy) }
        return StagedArtifact(artifact: Artifact(digest: digest, byteCount: size), path: copy)
    }

    /// Brings staged artifacts to disk and gives them their names. What is published survives a power cut.
    package func publish(_ staged: [StagedArtifact]) throws(StoreError) {
        let kept = staged.filter { $0.path != nil }
        for item in kept { if let path = item.path { try Store.sync(path, flags: O_RDONLY) } }
        var folders: Set<String> = []
        for item in kept {
            guard let path = item.path else { continue }
            let target = self.path(of: item.artifact.digest)
            let folder = String(target.dropLast(item.artifact.digest.hex.count + ".safetensors".count + 1))
            if folders.insert(folder).inserted { try Store.makeFolder(folder) }
            guard unsafe rename(path, target) == 0 else { throw .system("publish", target) }
        }
        for folder in folders.sorted() { try Store.sync(folder, flags: O_RDONLY | O_DIRECTORY) }
    }

    /// Removes what a killed build left half written; returns how many files that were.
    package func removeIncoming() throws(StoreError) -> Int {
        let left = (try? FileManager.default.contentsOfDirectory(atPath: root + "/incoming")) ?? []
        for name in left { try remove(path: "\(root)/incoming/\(name)") }
        return left.count
    }

    package func remove(_ digest: Digest) throws(StoreError) { try remove(path: path(of: digest)) }

    private func remove(path: String) throws(StoreError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw .system("remove", path) }
    }

    /// Every artifact on disk, in digest order.
    package func all() -> [Artifact] {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return folders.sorted().flatMap { folder -> [Artifact] in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)) ?? []
            return names.sorted().compactMap { name in
                guard name.hasSuffix(".safetensors"), let digest = Digest(hex: name.dropLast(12)) else {
                    return nil
                }
                return byteCount(of: digest).map { Artifact(digest: digest, byteCount: $0) }
            }
        }
    }

    /// The digest the bytes on disk really have.
    package func rehash(_ digest: Digest) throws(StoreError) -> Digest {
        try SourceFile.digest(path: path(of: digest))
    }

    /// Bytes free on the disk that holds the store, or will hold it.
    package var freeByteCount: Int? {
        var facts = statvfs()
        var path = root
        while unsafe statvfs(path, &facts) != 0 {
            guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
                path = root.hasPrefix("/") ? "/" : "."
                guard unsafe statvfs(path, &facts) == 0 else { return nil }
                break
            }
            path = String(path[..<slash])
        }
        return Int(facts.f_bavail) * Int(facts.f_frsize)
    }

    private static func makeFolder(_ path: String) throws(StoreError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .system("make the folder", path)
        }
    }

    private static func byteCount(_ path: String) -> Int? {
        var facts = stat()
        guard unsafe stat(path, &facts) == 0 else { return nil }
        return Int(facts.st_size)
    }

    private static func sync(_ path: String, flags: Int32) throws(StoreError) {
        let descriptor = unsafe open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system("bring to disk", path) }
    }
}

/// An artifact whose bytes are hashed but not yet published; `path` is nil when they were not kept.
package struct StagedArtifact: Sendable {
    package let artifact: Artifact
    let path: String?

    package var isKept: Bool { path != nil }
}
