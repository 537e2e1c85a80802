import Foundation

/// A small disk in memory, to be filled.
struct TinyDisk {
    let path: String

    /// Whether this machine lets these tests mount one: a trial says.
    static let isPossible: Bool = {
        guard geteuid() == 0, FileManager.default.fileExists(atPath: "/bin/mount") else { return false }
        let folder = WorkFolder()
        guard run("/bin/mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.path]) else { return false }
        return run("/bin/umount", [folder.path])
    }()

    init(at path: String, size: String) throws {
        self.path = path
        try Tree.makeFolder(path)
        guard TinyDisk.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(size)", "tmpfs", path]) else {
            throw CocoaError(.fileWriteUnknown)
        }
    }

    func resize(_ size: String) -> Bool { TinyDisk.run("/bin/mount", ["-o", "remount,size=\(size)", path]) }

    func remove() { _ = TinyDisk.run("/bin/umount", ["-l", path]) }

    private static func run(_ program: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            return false
        }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
