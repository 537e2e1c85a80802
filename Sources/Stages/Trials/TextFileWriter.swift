import ContentStore
import Foundation

/// Writes a text file that is there whole or not at all: beside its place first, then renamed.
struct TextFileWriter: ~Copyable {
    private static let bufferSize = 1 << 20

    let path: String
    private let partial: String
    private let file: FileHandle
    private var buffer: [UInt8] = []
    private var isFinished = false

    init(path: String) throws(StageError) {
        self.path = path
        let url = URL(fileURLWithPath: path)
        let name = ".\(url.lastPathComponent).partial-\(ProcessInfo.processInfo.globallyUniqueString)"
        partial = url.deletingLastPathComponent().appendingPathComponent(name).path
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let file = FileHandle(forWritingAtPath: partial)
        else {
            throw .failed(
                "cannot write \(path): \(StageError.systemReason()); check that its folder is there and who may write in it"
            )
        }
        self.file = file
        buffer.reserveCapacity(TextFileWriter.bufferSize + 4096)
    }

    deinit {
        if !isFinished {
            try? file.close()
            try? FileManager.default.removeItem(atPath: partial)
        }
    }

    mutating func write(line: some Sequence<UInt8>) throws(StageError) {
        buffer.append(contentsOf: line)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= TextFileWriter.bufferSize { try flush() }
    }

    private mutating func flush() throws(StageError) {
        do {
            try file.write(contentsOf: Data(buffer))
        } catch {
            throw failure(error)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Brings the file to its place.
    mutating func finish() throws(StageError) {
        try flush()
        do {
            try file.synchronize()
            try file.close()
        } catch {
            throw failure(error)
        }
        guard unsafe rename(partial, path) == 0 else {
            throw .failed("cannot write \(path): \(StageError.systemReason())")
        }
        isFinished = true
    }

    private func failure(_ error: any Error) -> StageError {
        .failed("cannot write \(path): \(error.reason)")
    }
}
