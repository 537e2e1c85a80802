import Foundation
import Synchronization

/// What the workers of a build did, and what is to go wrong in it. Tasks are written `stage/subject`.
final class ToyLog: Sendable {
    private struct State {
        var ran: [String] = []
        var madeAgain: [String] = []
        var orders: [String] = []
        var otherBytes: Set<String> = []
        var failing: Set<String> = []
        var milliseconds: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// The tasks that workers were asked to run and did, sorted.
    var ran: [String] { state.withLock { $0.ran.sorted() } }
    /// The tasks that workers did again only to get what was not kept, sorted.
    var madeAgain: [String] { state.withLock { $0.madeAgain.sorted() } }
    /// Each order a worker got: its subject and its stages.
    var orders: [String] { state.withLock { $0.orders } }

    func note(ran task: String) { state.withLock { $0.ran.append(task) } }
    func note(madeAgain task: String) { state.withLock { $0.madeAgain.append(task) } }
    func note(order: String) { state.withLock { $0.orders.append(order) } }

    /// From now on `task` makes other bytes than it should.
    func spoil(_ task: String) { state.withLock { _ = $0.otherBytes.insert(task) } }
    func isSpoilt(_ task: String) -> Bool { state.withLock { $0.otherBytes.contains(task) } }

    /// From now on `task` throws.
    func fail(_ task: String) { state.withLock { _ = $0.failing.insert(task) } }
    func fails(_ task: String) -> Bool { state.withLock { $0.failing.contains(task) } }

    /// From now on a worker takes so long over `subject`.
    func delay(_ subject: String, milliseconds: Int) {
        state.withLock { $0.milliseconds[subject] = milliseconds }
    }

    func wait(for subject: String) {
        let milliseconds = state.withLock { $0.milliseconds[subject] ?? 0 }
        if milliseconds > 0 { Thread.sleep(forTimeInterval: Double(milliseconds) / 1000) }
    }

    /// Nothing ran and nothing is to go wrong.
    func clear() { state.withLock { $0 = State() } }
}
