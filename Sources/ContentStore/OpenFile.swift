internal import Foundation

/// A file open for reading anywhere in it. Owns its descriptor.
package final class OpenFile: Sendable {
    private let path: String
    private let descriptor: Int32

    package init(path: String) throws(StoreError) {
        self.path = path
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("read", path) }
    }

    deinit { close(descriptor) }

    /// Fills `bytes` with what stands at `offset`; throws when the file ends before.
    package func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(StoreError) {
        var done = 0
        while done < bytes.count {
            guard let start = bytes.baseAddress else { return }
            let count = unsafe pread(descriptor, start + done, bytes.count - done, off_t(offset + done))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .system("read", path) }
            guard count > 0 else {
                throw .damaged(
                    "\(path) is cut off: it ends at byte \(offset + done); run 'twinset verify --repair'")
            }
            done += count
        }
    }

    /// The SHA-256 of all of it.
    package func digest() throws(StoreError) -> Digest {
        var hasher = StreamHasher()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var offset = 0
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe pread(descriptor, $0.baseAddress, $0.count, off_t(offset))
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .system("read", path) }
            guard count > 0 else { return hasher.finish() }
            unsafe buffer.withUnsafeBytes {
                unsafe hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count]))
            }
            offset += count
        }
    }
}
