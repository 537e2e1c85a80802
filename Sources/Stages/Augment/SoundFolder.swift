import ContentStore
import Foundation

/// A folder of noises or impulse responses, as augmentation draws from it.
///
/// Sounds are numbered in the order of their content's digests, and equal ones count once: which file has which name
/// changes nothing that is made.
struct SoundFolder: Sendable {
    struct Sound: Sendable {
        let path: String
        let digest: Digest
    }

    /// What the folder is for, in tasks and errors: `noise`, `responses`.
    let role: String
    let path: String
    private(set) var sounds: [Sound] = []
    /// The folder's files, with the digests known for them.
    private(set) var files: [SourceUtterance] = []

    /// Scans a folder; at least one audio file must be below it.
    init(role: String, path: String, place: String) throws(StageError) {
        self.role = role
        let whole = URL(fileURLWithPath: NSString(string: path).expandingTildeInPath).path
        self.path = whole
        guard FileManager.default.fileExists(atPath: whole) else {
            throw .usage(
                "\(place): there is no folder \(whole); give the folder of audio files for augment.\(role)")
        }
        files = try FolderScan.scan(whole).map { file in
            SourceUtterance(
                corpus: role, id: file.path, speaker: role, session: "-", relativePath: file.path,
                path: whole + "/" + file.path, state: file.state, rejection: nil)
        }
        guard !files.isEmpty else {
            throw .usage(
                "\(place): \(whole) holds no audio file; augment.\(role) draws from the files below it")
        }
    }

    /// The name under which the manifest remembers the files' digests.
    var cacheName: String { "augment/\(role)" }

    /// Gives unchanged files the digests remembered for them, hashes the others, and numbers the sounds. Returns the
    /// digests of those that had to be read.
    mutating func resolve(remembered: [UInt8]?) throws(StageError) -> Set<Digest> {
        if let remembered { SourceCache.apply(remembered, to: &files) }
        var read: Set<Digest> = []
        for index in files.indices where files[index].digest == nil {
            do {
                let digest = try SourceFile.digest(path: files[index].path)
                files[index].digest = digest
                read.insert(digest)
            } catch {
                throw .failed("\(error.message); it is a file of augment.\(role)")
            }
        }
        var seen: Set<Digest> = []
        sounds = files.compactMap { file in
            file.digest.flatMap {
                seen.insert($0).inserted ? Sound(path: file.relativePath, digest: $0) : nil
            }
        }
        sounds.sort { $0.digest.hex < $1.digest.hex }
        return read
    }

    /// One digest for all sounds in their order.
    var digest: Digest {
        var builder = DigestBuilder(domain: "twinset.sounds.1")
        for sound in sounds { builder.add("sound", sound.digest) }
        return builder.finish()
    }
}
