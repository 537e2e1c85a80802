import Foundation

/// A new empty folder that is removed, with all in it, when the value goes out of scope.
package struct TemporaryFolder: ~Copyable {
    package let path: String

    package init() {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        path = "\(base)/twinset-test-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            preconditionFailure("cannot make the temporary folder \(path): \(error)")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
