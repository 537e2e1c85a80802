import Foundation

/// A new folder that is removed with all in it when the value goes; keep it in the suite for as long as a test runs.
final class WorkFolder: Sendable {
    let path: String

    init() {
        let place = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        path = place.appendingPathComponent("twinset-test-\(UUID().uuidString)").path
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            preconditionFailure("cannot make \(path): \(error)")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Names and copies files below a folder.
enum Tree {
    /// The paths of all files below `folder`, relative to it, in order.
    static func files(_ folder: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return found.filter { !isFolder(folder + "/" + $0) }.sorted()
    }

    /// All files below `folder` with their sizes and times of change.
    static func state(_ folder: String) throws -> [String: String] {
        var state: [String: String] = [:]
        for file in files(folder) {
            let facts = try FileManager.default.attributesOfItem(atPath: folder + "/" + file)
            state[file] = "\(facts[.size] ?? "") bytes, changed \(facts[.modificationDate] ?? "")"
        }
        return state
    }

    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue
    }

    static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
    static func copy(_ from: String, to: String) throws {
        try FileManager.default.copyItem(atPath: from, toPath: to)
    }
    static func move(_ from: String, to: String) throws {
        try FileManager.default.moveItem(atPath: from, toPath: to)
    }

    static func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        try makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

    static func read(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Makes one bit of the byte at `offset` another.
    static func flip(_ path: String, at offset: Int) throws {
        var bytes = try read(path)
        bytes[offset] ^= 1
        try write(bytes, to: path)
    }
}
