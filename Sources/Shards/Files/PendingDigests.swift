import ContentStore
import Synchronization

/// The digest of a file that is being written. Its bytes come in order, whichever thread brings them.
final class RunningDigest: Sendable {
    private let hasher = Mutex(StreamHasher())

    func update(_ bytes: [UInt8]) { hasher.withLock { $0.update(bytes) } }

    /// The digest of everything so far.
    func finish() -> Digest { hasher.withLock { $0.finish() } }
}

/// Bytes of the files of one worker that are written and not hashed yet, so that one core hashes them while another
/// gathers the next rows. Hashed bytes leave their storage to those that come.
///
/// It has a user who adds and one who hashes, at a time.
package final class PendingDigests: Sendable {
    /// The size of the pieces in which bytes come.
    static let pieceSize = 1 << 19

    private struct Piece: Sendable {
        let digest: RunningDigest
        var bytes: [UInt8]
    }

    private struct State {
        var waiting: [Piece] = []
        var free: [[UInt8]] = []
        var addedByteCount = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// How many pieces wait.
    package var count: Int { state.withLock { $0.waiting.count } }

    /// The bytes that were added so far.
    package var addedByteCount: Int { state.withLock { $0.addedByteCount } }

    /// Hashes the first `count` pieces that wait, or all that there are.
    package func hash(_ count: Int = .max) {
        for _ in 0..<count {
            guard var piece = state.withLock({ $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }) else {
                return
            }
            piece.digest.update(piece.bytes)
            piece.bytes.removeAll(keepingCapacity: true)
            let storage = piece.bytes
            state.withLock { $0.free.append(storage) }
        }
    }

    /// Takes the next bytes of a file, and gives storage for those that follow.
    func exchange(_ bytes: [UInt8], of digest: RunningDigest) -> [UInt8] {
        let free = state.withLock { state in
            state.addedByteCount += bytes.count
            state.waiting.append(Piece(digest: digest, bytes: bytes))
            return state.free.popLast()
        }
        return free ?? PendingDigests.storage()
    }

    /// Storage for the first bytes of a file.
    func storage() -> [UInt8] { state.withLock { $0.free.popLast() } ?? PendingDigests.storage() }

    private static func storage() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(pieceSize)
        return bytes
    }
}
