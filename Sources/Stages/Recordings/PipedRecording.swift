import ContentStore
import Foundation

/// A recording from a pipe, such as `arecord -f S16_LE -r 16000 | …`, kept in a file of its own for as long as it is used.
///
/// Whoever writes WAV into a pipe cannot go back and write its length: 80000000, 7FFFFF00 and the like stand there. What
/// announces about 2 GB or more and came to less is as long as it is.
package final class PipedRecording {
    /// The file; it goes with this.
    package let path: String

    /// Reads `handle` to its end.
    package init(_ handle: FileHandle) throws(StageError) {
        let path = FileManager.default.temporaryDirectory.path + "/twinset-piped-\(UUID().uuidString)"
        self.path = path
        do {
            let bytes = [UInt8](try handle.readToEnd() ?? Data())
            try Data(PipedRecording.withOpenLength(bytes)).write(to: URL(fileURLWithPath: path))
        } catch {
            throw .failed("cannot read standard input: \(error.reason)")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A WAV file whose `data` chunk announces more than could be known, with FFFFFFFF there, which readers take for "to the
    /// end"; other bytes as they are.
    ///
    ///     "RIFF" size "WAVE"  { id size payload, padded to an even length }…
    static func withOpenLength(_ bytes: [UInt8]) -> [UInt8] {
        func has(_ text: String, at offset: Int) -> Bool {
            offset + 4 <= bytes.count && Array(bytes[offset..<offset + 4]) == Array(text.utf8)
        }
        guard has("RIFF", at: 0), has("WAVE", at: 8) else { return bytes }
        var offset = 12
        while offset + 8 <= bytes.count {
            let size = (0..<4).reduce(0) { $0 | Int(bytes[offset + 4 + $1]) << (8 * $1) }
            if has("data", at: offset) {
                guard size >= 0x7FFF_F000, size > bytes.count - offset - 8 else { return bytes }
                return bytes[..<(offset + 4)] + [0xFF, 0xFF, 0xFF, 0xFF] + bytes[(offset + 8)...]
            }
            offset += 8 + size + size % 2
        }
        return bytes
    }
}
