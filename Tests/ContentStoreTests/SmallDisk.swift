import Foundation
import TestSupport

/// A disk of a few bytes, mounted below a folder: what it takes to fill one, or to write-protect it.
struct SmallDisk: ~Copyable {
    let path: String

    init(below folder: String, byteCount: Int) throws {
        path = folder + "/disk"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try SmallDisk.run("mount", ["-t", "tmpfs", "-o", "size=\(byteCount)", "tmpfs", path])
    }

    deinit { try? SmallDisk.run("umount", [path]) }

    func makeReadOnly() throws { try SmallDisk.run("mount", ["-o", "remount,ro", path]) }

    /// Whether this user may mount one here; found by trying.
    static let isPossible: Bool = {
        guard geteuid() == 0 else { return false }
        let folder = TemporaryFolder()
        return (try? SmallDisk(below: folder.path, byteCount: 4096)) != nil
    }()

    private struct Refusal: Error { let command: String }

    private static func run(_ name: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Refusal(command: "\(name) \(arguments)") }
    }
}
