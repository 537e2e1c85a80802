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
/// It has a user who adds and one who hashes, at a time. Between `open` and `close` the latter may wait for what comes, and
/// the former for room.
package final class PendingDigests: Sendable {
    /// The size of the pieces in which bytes come.
    static let pieceSize = 1 << 19

    private struct Piece: Sendable {
        let digest: RunningDigest
        var bytes: [UInt8]
    }

    /// So many pieces that wait are enough: more come when half of them are hashed.
    private static let limit = 16

    private struct State {
        var waiting: [Piece] = []
        var free: [[UInt8]] = []
        var isOpen = false
        /// Who hashes, where nothing waits.
        var hasher: CheckedContinuation<Void, Never>?
        /// Who adds, where enough waits.
        var adder: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    /// How many pieces wait.
    package var count: Int { state.withLock { $0.waiting.count } }

    package func open() { state.withLock { $0.isOpen = true } }

    /// Says that no more comes to be hashed beside; nobody waits any longer.
    package func close() {
        let (hasher, adder) = state.withLock { state in
            defer { (state.isOpen, state.hasher, state.adder) = (false, nil, nil) }
            return (state.hasher, state.adder)
        }
        hasher?.resume()
        adder?.resume()
    }

    /// Hashes pieces as they come, until `close`.
    package func hashUntilClosed() async {
        repeat {
            hash()
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    guard state.isOpen, state.waiting.isEmpty else { return false }
                    state.hasher = continuation
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } while state.withLock { $0.isOpen }
        hash()
    }

    /// Whether enough waits.
    package var isFull: Bool { state.withLock { $0.waiting.count >= PendingDigests.limit } }

    /// Waits, while it is open, until there is room for more.
    package func room() async {
        await withCheckedContinuation { continuation in
            let mustWait = state.withLock { state in
                guard state.isOpen, state.waiting.count >= PendingDigests.limit else { return false }
                state.adder = continuation
                return true
            }
            if !mustWait { continuation.resume() }
        }
    }

    /// Hashes the first `count` pieces that wait, or all that there are.
    package func hash(_ count: Int = .max) {
        for _ in 0..<count {
            guard var piece = state.withLock({ $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }) else {
                return
            }
            piece.digest.update(piece.bytes)
            piece.bytes.removeAll(keepingCapacity: true)
            let storage = piece.bytes
            let adder = state.withLock { state in
                state.free.append(storage)
                guard state.waiting.count <= PendingDigests.limit / 2 else {
                    return CheckedContinuation<Void, Never>?.none
                }
                defer { state.adder = nil }
                return state.adder
            }
            adder?.resume()
        }
    }

    /// Takes the next bytes of a file, and gives storage for those that follow.
    func exchange(_ bytes: [UInt8], of digest: RunningDigest) -> [UInt8] {
        let (free, hasher) = state.withLock { state in
            state.waiting.append(Piece(digest: digest, bytes: bytes))
            defer { state.hasher = nil }
            return (state.free.popLast(), state.hasher)
        }
        hasher?.resume()
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
