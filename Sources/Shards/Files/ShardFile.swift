internal import CWriteback
import ContentStore
internal import Foundation

/// One file of an export while it is written, hashed on its way. Owns its descriptor.
package final class ShardFile {
    private static let bufferSize = PendingDigests.pieceSize
    /// After so many bytes the disk is told to begin with them, so that it has little left when the file ends.
    private static let stride = 8 << 20
    private static let zeros = [UInt8](repeating: 0, count: 10_240)

    /// Where it lies below the export's folder.
    package let name: String
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private let digest = RunningDigest()
    private var digests: PendingDigests?
    /// Bytes appended so far: where the next one goes.
    package private(set) var byteCount = 0
    /// Where the bytes begin that the disk was not told of.
    private var begun = 0

    /// Whether it is hashed at the end instead of on its way.
    private var isHashedLate = false

    /// Makes the file `name`, with its folders, in `folder`; one that is there already is written anew.
    package init(_ name: String, in folder: ShardFolder) throws(ShardError) {
        self.name = name
        path = folder.path + "/" + name
        let parent = (path as NSString).deletingLastPathComponent
        if !FileManager.default.fileExists(atPath: parent),
            (try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true))
                == nil
        {
            throw .system("make the folder", parent)
        }
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system("write", path) }
        digests = folder.digests
        if let digests { buffer = digests.storage() }
    }

    package convenience init(_ name: String, in folder: String) throws(ShardError) {
        try self.init(name, in: ShardFolder(folder))
    }

    deinit { close(descriptor) }

    package func append(_ text: String) throws(ShardError) {
        let count = text.utf8.count
        if buffer.count + count > ShardFile.bufferSize { try flush() }
        buffer.append(contentsOf: text.utf8)
        byteCount += count
        if buffer.count >= ShardFile.bufferSize { try flush() }
    }

    package func append(_ bytes: [UInt8]) throws(ShardError) { try append(bytes, bytes.indices) }

    /// Appends some of `bytes`.
    package func append(_ bytes: [UInt8], _ range: Range<Int>) throws(ShardError) {
        var start = range.lowerBound
        while start < range.upperBound {
            let end = min(range.upperBound, start + ShardFile.bufferSize - buffer.count)
            unsafe bytes.withUnsafeBytes { bytes in
                unsafe buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            }
            start = end
            if buffer.count >= ShardFile.bufferSize { try flush() }
        }
        byteCount += range.count
    }

    /// Appends a number, little-endian.
    package func append(integer: some FixedWidthInteger) throws(ShardError) {
        unsafe withUnsafeBytes(of: integer.littleEndian) { unsafe buffer.append(contentsOf: $0) }
        byteCount += integer.bitWidth / 8
        if buffer.count >= ShardFile.bufferSize { try flush() }
    }

    /// Appends `count` zero bytes.
    package func pad(_ count: Int) throws(ShardError) {
        var left = count
        while left > 0 {
            let part = min(left, ShardFile.zeros.count)
            try append(ShardFile.zeros, 0..<part)
            left -= part
        }
    }

    private func flush() throws(ShardError) {
        guard !buffer.isEmpty else { return }
        let end = byteCountOnDisk + buffer.count
        try writeBuffer()
        byteCountOnDisk = end
        if end - begun >= ShardFile.stride { begin(end) }
        if let digests {
            buffer = digests.exchange(buffer, of: digest)
            return
        }
        if !isHashedLate { digest.update(buffer) }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Bytes that were given to the system.
    private var byteCountOnDisk = 0

    private func begin(_ end: Int) {
        cw_begin(descriptor, begun, end - begun)
        begun = end
    }

    private func writeBuffer() throws(ShardError) {
        let bytes = buffer
        let all = bytes.span
        try unsafe all.bytes.withUnsafeBytes { (bytes) throws(ShardError) in
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
    }

    /// Says, before the first byte, that `patch` will be called: the file is then hashed at the end, by reading it again.
    func hashLate() {
        precondition(byteCount == 0, "\(name) has \(byteCount) bytes before it is to be hashed late")
        isHashedLate = true
        digests = nil
    }

    /// Writes `bytes` over what stands at `offset`, which was left for them.
    package func patch(_ bytes: [UInt8], at offset: Int) throws(ShardError) {
        precondition(isHashedLate, "\(name) is hashed on its way")
        try flush()
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

    /// What was written. All of it is hashed then.
    private func written() throws(ShardError) -> WrittenFile {
        digests?.hash()
        guard isHashedLate else {
            return WrittenFile(name: name, byteCount: byteCount, sha256: digest.finish().hex)
        }
        do {
            return WrittenFile(
                name: name, byteCount: byteCount, sha256: try OpenFile(path: path).digest().hex)
        } catch {
            throw .refused(error.message)
        }
    }

    /// Brings the file to disk and says what was written.
    package func finish() throws(ShardError) -> WrittenFile { try ShardFile.finish([self])[0] }

    /// Brings files to disk, all at a time, and says what was written.
    static func finish(_ files: [ShardFile]) throws(ShardError) -> [WrittenFile] {
        for file in files {
            try file.flush()
            file.begin(file.byteCount)
        }
        var written: [WrittenFile] = []
        for file in files { written.append(try file.written()) }
        for file in files {
            guard fsync(file.descriptor) == 0 else { throw .system("write", file.path) }
        }
        return written
    }

    /// Ends the file and says what was written, and leaves it to `synchronize` to bring it to disk.
    func end() throws(ShardError) -> WrittenFile {
        try flush()
        return try written()
    }

    /// Brings everything to disk that was written to the file system of `folder`: waiting for each of many small files
    /// would take longer than writing them.
    package static func synchronize(_ folder: String) throws(ShardError) {
        let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("read", folder) }
        defer { close(descriptor) }
        guard cw_synchronize_all(descriptor) == 0 else { throw .system("write to the disk of", folder) }
    }

    /// Writes a small file as a whole, and leaves it to `synchronize` to bring it to disk.
    package static func write(_ text: String, to name: String, in folder: String) throws(ShardError)
        -> WrittenFile
    {
        let file = try ShardFile(name, in: folder)
        try file.append(text)
        return try file.end()
    }
}
