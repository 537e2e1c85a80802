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

    /// Makes the file `name`, with its folders, in `folder`; one that is there already is written anew.
    package init(_ name: String, in folder: String) throws(ShardError) {
        self.name = name
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
        unsafe hasher.update(bytes)
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

    /// Brings the file to disk and says what was written.
    package func finish() throws(ShardError) -> WrittenFile {
        try flush()
        guard fsync(descriptor) == 0 else { throw .system("write", path) }
        return WrittenFile(name: name, byteCount: byteCount, sha256: hasher.finish().hex)
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
