import Foundation

/// A folder for one test, removed with its content when the last reference goes.
final class StageFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/twinset-stages-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file at a path below the folder, with the folders on the way.
    func write(_ bytes: [UInt8], to relative: String) throws {
        let target = path + "/" + relative
        let parent = NSString(string: target).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: target))
    }

    func write(_ text: String, to relative: String) throws { try write(Array(text.utf8), to: relative) }

    func read(_ relative: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + relative)))
    }

    func remove(_ relative: String) throws {
        try FileManager.default.removeItem(atPath: path + "/" + relative)
    }

    /// Moves a file or folder to a path below the folder, with the folders on the way.
    func move(_ relative: String, to target: String) throws {
        try makeFolder(NSString(string: target).deletingLastPathComponent)
        try FileManager.default.moveItem(atPath: path + "/" + relative, toPath: path + "/" + target)
    }

    func copy(_ relative: String, to target: String) throws {
        try FileManager.default.copyItem(atPath: path + "/" + relative, toPath: path + "/" + target)
    }

    func makeFolder(_ relative: String) throws {
        try FileManager.default.createDirectory(
            atPath: path + "/" + relative, withIntermediateDirectories: true)
    }

    /// A symbolic link at `relative` that says `target`, whether that is there or not.
    func link(_ relative: String, to target: String) throws {
        let place = path + "/" + relative
        try FileManager.default.createDirectory(
            atPath: NSString(string: place).deletingLastPathComponent, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: target)
    }
}
