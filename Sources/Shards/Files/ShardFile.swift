import ContentStore
internal import Foundation

/// One file of an export while it is written, hashed on its way. Owns its descriptor.
package final class ShardFile {
    private static let bufferSize = 1 << 20

    /// Where it lies below the export's folder.
    package let name: String
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var hasher = StreamHasher()
    /// Bytes appended so far: where the next one goes.
    package private(set) var byteCount = 0

    /// Whether it is hashed at the end instead of on its way.
    private let isHashedLate: Bool
    private var isPatched = false

    /// Makes the file `name`, with its folders, in `folder`; one that is there already is written anew.
    ///
    /// - Parameter isPatched: whether `patch` will be called, so that hashing on the way would be for nothing.
    package init(_ name: String, in folder: String, isPatched: Bool = false) throws(ShardError) {
        self.name = name
        isHashedLate = isPatched
        path = folder + "/" + name
        let parent = (path as NSString).deletingLastPathComponent
        if (try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true))
            == nil
        {
            throw .system("make the folder", parent)
        }
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system("write", path) }
        buffer.reserveCapacity(ShardFile.bufferSize)
    }

    deinit { close(descriptor) }

    package func append(_ text: String) throws(ShardError) {
        let bytes = Array(text.utf8)
        try append(bytes, bytes.indices)
    }

    package func append(_ bytes: [UInt8]) throws(ShardError) { try append(bytes, bytes.indices) }

    /// Appends some of `bytes`.
    package func append(_ bytes: [UInt8], _ range: Range<Int>) throws(ShardError) {
        byteCount += range.count
        if buffer.count + range.count > ShardFile.bufferSize { try flush() }
        guard range.count >= ShardFile.bufferSize else {
            buffer.append(contentsOf: bytes[range])
            return
        }
        try write(bytes, range)
    }

    /// Appends 8 bytes, little-endian.
    package func append(integer: Int) throws(ShardError) {
        if buffer.count + 8 > ShardFile.bufferSize { try flush() }
        byteCount += 8
        unsafe withUnsafeBytes(of: Int64(integer).littleEndian) { unsafe buffer.append(contentsOf: $0) }
    }

    /// Appends `count` zero bytes.
    package func pad(_ count: Int) throws(ShardError) {
        try append([UInt8](repeating: 0, count: count))
    }

    private func flush() throws(ShardError) {
        var full = buffer
        buffer = []
        try write(full, full.indices)
        full.removeAll(keepingCapacity: true)
        buffer = full
    }

    private func write(_ bytes: [UInt8], _ range: Range<Int>) throws(ShardError) {
        let all = bytes.span
        try unsafe all.bytes.withUnsafeBytes { (bytes) throws(ShardError) in
            try unsafe write(UnsafeRawBufferPointer(rebasing: bytes[range]))
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(ShardError) {
        if !isHashedLate { unsafe hasher.update(bytes) }
        var done = 0
        while done < bytes.count {
            guard let start = bytes.baseAddress else { return }
            let count = unsafe Foundation.write(descriptor, start + done, bytes.count - done)
            if count < 0 {
                if errno == EINTR { continue }
                throw .system("write", path)
            }
            done += count
        }
    }

    /// Writes `bytes` over what stands at `offset`, which was left for them; the file is then hashed at the end, by
    /// reading it again.
    package func patch(_ bytes: [UInt8], at offset: Int) throws(ShardError) {
        try flush()
        isPatched = true
        precondition(
            offset + bytes.count <= byteCount, "\(bytes.count) bytes at \(offset) of \(byteCount) of \(name)")
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { all in
                unsafe pwrite(
                    descriptor, all.baseAddress.map { unsafe $0 + done }, all.count - done,
                    off_t(offset + done))
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .system("write", path) }
            done += count
        }
    }

    private func digest() throws(ShardError) -> Digest {
        guard isPatched || isHashedLate else { return hasher.finish() }
        do {
            return try OpenFile(path: path).digest()
        } catch {
            throw .refused(error.message)
        }
    }

    /// Brings the file to disk and says what was written.
    package func finish() throws(ShardError) -> WrittenFile {
        try flush()
        guard fsync(descriptor) == 0 else { throw .system("write", path) }
        return WrittenFile(name: name, byteCount: byteCount, sha256: try digest().hex)
    }

    /// Writes a small file as a whole.
    package static func write(_ text: String, to name: String, in folder: String) throws(ShardError)
        -> WrittenFile
    {
        let file = try ShardFile(name, in: folder)
        try file.append(text)
        return try file.finish()
    }
}
