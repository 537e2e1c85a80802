import ContentStore
import Foundation

/// An audio file as the file system describes it.
struct ScannedFile {
    /// The path below the corpus folder.
    let path: String
    /// The folder part of `path`, one word per level.
    let folders: [String]
    /// The file name without its extension.
    let stem: String
    let state: FileState
}

/// What tells whether a file is still the one that was read: if all of it is equal, so are the bytes.
struct FileState: Hashable, Sendable {
    let byteCount: Int64
    /// Nanoseconds since 1970.
    let modified: Int64
    let changed: Int64
    let inode: UInt64
}

/// Finds the audio files below a folder, however they are nested.
struct FolderScan {
    static let extensions: Set<String> = [
        "flac", "wav", "aif", "aiff", "aifc", "au", "snd", "sph", "nist", "ogg", "oga", "opus", "mp3", "w64",
        "caf",
        "rf64", "m4a", "aac", "wma",
    ]

    let root: String
    private var ancestors: [Place] = []
    private(set) var files: [ScannedFile] = []

    /// Which folder of the machine a folder is.
    private struct Place: Equatable {
        let device: UInt64
        let inode: UInt64

        init(_ facts: stat) {
            device = UInt64(truncatingIfNeeded: facts.st_dev)
            inode = UInt64(facts.st_ino)
        }
    }

    /// All audio files below `root`, in byte order of their paths, level by level. What has the name of an audio
    /// file and cannot be read as one (a link to nothing, a pipe, a folder without audio in it) is among them, to
    /// be quarantined.
    static func scan(_ root: String) throws(StageError) -> [ScannedFile] {
        var scan = FolderScan(root: root)
        try scan.walk("", [])
        return scan.files
    }

    private init(root: String) {
        self.root = root
        var facts = stat()
        if unsafe stat(root, &facts) == 0 { ancestors.append(Place(facts)) }
    }

    private struct Entry {
        let name: String
        let isFolder: Bool
        let place: Place
        let state: FileState
    }

    private mutating func walk(_ relative: String, _ folders: [String]) throws(StageError) {
        let path = relative.isEmpty ? root : root + "/" + relative
        guard let entries = FolderScan.list(path) else {
            throw .failed(
                "cannot read the folder \(path): \(StageError.systemReason()); check who may read it")
        }
        for entry in entries.sorted(by: { $0.name.precedesByBytes($1.name) }) {
            let below = relative.isEmpty ? entry.name : relative + "/" + entry.name
            let known = files.count
            // Hidden folders, and what ext4 puts at the root of every disk, are nobody's speakers.
            if entry.isFolder && (entry.name.hasPrefix(".") || entry.name == "lost+found") { continue }
            if entry.isFolder {
                // A link back to a folder above would never end.
                if ancestors.contains(entry.place) { continue }
                ancestors.append(entry.place)
                try walk(below, folders + [entry.name])
                ancestors.removeLast()
            }
            if files.count == known, let stem = FolderScan.stem(entry.name) {
                files.append(ScannedFile(path: below, folders: folders, stem: stem, state: entry.state))
            }
        }
    }

    /// The name without its extension when that is one of audio; hidden files are none.
    private static func stem(_ name: String) -> String? {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex,
            !name.hasPrefix(".")
        else {
            return nil
        }
        let tail = name[name.index(after: dot)...]
        guard extensions.contains(String(tail)) || extensions.contains(tail.lowercased()) else { return nil }
        return String(name[..<dot])
    }

    /// The entries of a folder, or nil when it cannot be read.
    private static func list(_ path: String) -> [Entry]? {
        guard let folder = unsafe opendir(path) else { return nil }
        defer { unsafe closedir(folder) }
        let descriptor = unsafe dirfd(folder)
        var entries: [Entry] = []
        while let item = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &item.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            guard name != ".", name != "..", unsafe item.pointee.d_type != DT_REG || stem(name) != nil else {
                continue
            }
            var facts = stat()
            // A link to nothing has no facts but its own.
            guard
                unsafe fstatat(descriptor, name, &facts, 0) == 0
                    || fstatat(descriptor, name, &facts, AT_SYMLINK_NOFOLLOW) == 0
            else { continue }
            let isFolder = facts.st_mode & S_IFMT == S_IFDIR
            entries.append(
                Entry(name: name, isFolder: isFolder, place: Place(facts), state: FileState(facts)))
        }
        return entries
    }
}

extension FileState {
    init(_ facts: stat) {
        byteCount = Int64(facts.st_size)
        inode = UInt64(facts.st_ino)
        #if os(macOS)
            modified = Int64(facts.st_mtimespec.tv_sec) * 1_000_000_000 + Int64(facts.st_mtimespec.tv_nsec)
            changed = Int64(facts.st_ctimespec.tv_sec) * 1_000_000_000 + Int64(facts.st_ctimespec.tv_nsec)
        #else
            modified = Int64(facts.st_mtim.tv_sec) * 1_000_000_000 + Int64(facts.st_mtim.tv_nsec)
            changed = Int64(facts.st_ctim.tv_sec) * 1_000_000_000 + Int64(facts.st_ctim.tv_nsec)
        #endif
    }
}
