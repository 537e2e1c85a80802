internal import Foundation

/// One file being written under `incoming`, hashed on its way.
struct IncomingFile: ~Copyable {
    private let path: String
    private let descriptor: Int32

    init(path: String) throws(StoreError) {
        self.path = path
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system("write", path) }
    }

    deinit { close(descriptor) }

    /// Writes all of `file`; on failure nothing is left behind.
    func write(_ file: TensorFile) throws(StoreError) -> Artifact {
        var hasher = StreamHasher()
        var failure: StoreError?
        var byteCount = 0
        unsafe file.write { bytes in
            unsafe hasher.update(bytes)
            byteCount += bytes.count
            if failure == nil { failure = unsafe append(bytes) }
        }
        if let failure {
            _ = unsafe unlink(path)
            throw failure
        }
        return Artifact(digest: hasher.finish(), byteCount: byteCount)
    }

    private func append(_ bytes: UnsafeRawBufferPointer) -> StoreError? {
        var done = 0
        while done < bytes.count {
            guard let start = bytes.baseAddress else { return nil }
            let count = unsafe Foundation.write(descriptor, start + done, bytes.count - done)
            if count < 0 {
                if errno == EINTR { continue }
                return .system("write", path)
            }
            done += count
        }
        return nil
    }
}

extension TensorFile {
    /// Calls `body` with the file's bytes in order.
    func write(_ body: (UnsafeRawBufferPointer) -> Void) {
        unsafe head().withUnsafeBytes { unsafe body($0) }
        for tensor in tensors { unsafe tensor.withBytes { unsafe body($0) } }
    }
}
