internal import Foundation

/// Reads whole source files into a buffer that is used again for the next.
package struct SourceFile {
    /// The bytes of the last file read; only the first `count` count.
    package private(set) var bytes: [UInt8] = []
    package private(set) var count = 0

    package init() {}

    /// Reads all of the file at `path`; throws with the system's reason when it cannot be read.
    package mutating func read(path: String) throws(StoreError) {
        let (descriptor, size) = try SourceFile.open(path)
        defer { close(descriptor) }
        count = 0
        reserve(size + 1)
        while true {
            if count == bytes.count { reserve(bytes.count * 2) }
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                guard let start = buffer.baseAddress else { return 0 }
                return unsafe Foundation.read(descriptor, start + count, buffer.count - count)
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw .system("read", path) }
            if got == 0 { return }
            count += got
        }
    }

    /// The file at `path`, open, and its size. A pipe is refused, and without waiting for somebody to write to it.
    private static func open(_ path: String) throws(StoreError) -> (descriptor: Int32, size: Int) {
        let descriptor = unsafe Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system("read", path) }
        var facts = stat()
        guard unsafe fstat(descriptor, &facts) == 0 else {
            let error = StoreError.system("read", path)
            close(descriptor)
            throw error
        }
        guard facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .refused("cannot read \(path): it is not a file")
        }
        return (descriptor, Int(facts.st_size))
    }

    private mutating func reserve(_ size: Int) {
        if bytes.count < size { bytes += [UInt8](repeating: 0, count: size - bytes.count) }
    }

    /// The SHA-256 of the last file read.
    package func digest() -> Digest {
        var hasher = StreamHasher()
        unsafe bytes.withUnsafeBytes { unsafe hasher.update(UnsafeRawBufferPointer(rebasing: $0[0..<count])) }
        return hasher.finish()
    }

    /// The SHA-256 of the file at `path`, read in pieces.
    package static func digest(path: String) throws(StoreError) -> Digest {
        let (descriptor, _) = try SourceFile.open(path)
        defer { close(descriptor) }
        var hasher = StreamHasher()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let got = unsafe buffer.withUnsafeMutableBytes {
                unsafe Foundation.read(descriptor, $0.baseAddress, $0.count)
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw .system("read", path) }
            if got == 0 { return hasher.finish() }
            unsafe buffer.withUnsafeBytes {
                unsafe hasher.update(UnsafeRawBufferPointer(rebasing: $0[0..<got]))
            }
        }
    }
}
