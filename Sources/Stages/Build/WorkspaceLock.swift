import ContentStore
import Foundation

/// Held while a workspace is changed. The system lets go of it when the holder ends, however it ends.
package struct WorkspaceLock: ~Copyable {
    private let descriptor: Int32

    deinit {
        ftruncate(descriptor, 0)
        close(descriptor)
    }

    /// Waits for the workspace; `onWait` is told once who holds it.
    package static func acquire(
        _ workspace: Workspace, onWait: (String) -> Void
    ) throws(StageError) -> WorkspaceLock {
        let descriptor = try open(workspace)
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            onWait("the workspace \(workspace.path) is held by \(holder(of: workspace)); waiting for it")
            while flock(descriptor, LOCK_EX) != 0 {
                guard errno == EINTR else {
                    let reason = StageError.systemReason()
                    close(descriptor)
                    throw .failed("cannot lock the workspace \(workspace.path): \(reason)")
                }
            }
        }
        let process = ProcessInfo.processInfo
        let text = Array("process \(process.processIdentifier) on \(process.hostName)".utf8)
        ftruncate(descriptor, 0)
        _ = unsafe text.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        return WorkspaceLock(descriptor: descriptor)
    }

    private static func open(_ workspace: Workspace) throws(StageError) -> Int32 {
        do {
            try FileManager.default.createDirectory(atPath: workspace.path, withIntermediateDirectories: true)
        } catch {
            throw .failed("cannot make the workspace \(workspace.path): \(error.reason)")
        }
        let descriptor = unsafe Foundation.open(workspace.path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .failed("cannot write to the workspace \(workspace.path): \(StageError.systemReason())")
        }
        return descriptor
    }

    private static func holder(of workspace: Workspace) -> String {
        let data = FileManager.default.contents(atPath: workspace.path + "/lock") ?? Data()
        return data.isEmpty ? "another build" : String(decoding: data, as: UTF8.self)
    }
}
