internal import Foundation

extension TensorFile {
    /// Writes the file under a name beside `path`, brings it to disk and renames it to `path`: a reader finds the old
    /// file or the new one, whole.
    package func publish(at path: String) throws(StoreError) {
        let incoming = "\(path).incoming-\(getpid())"
        _ = unsafe unlink(incoming)
        do throws(StoreError) {
            _ = try IncomingFile(path: incoming).write(self)
            try TensorFile.sync(incoming)
            guard unsafe rename(incoming, path) == 0 else { throw StoreError.system("publish", path) }
        } catch {
            _ = unsafe unlink(incoming)
            throw error
        }
    }

    private static func sync(_ path: String) throws(StoreError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system("bring to disk", path) }
    }
}
