import Foundation

/// CPU seconds of one worker by what they were spent on.
package struct StageClock: Sendable {
    package enum Part: String, CaseIterable, Sendable {
        case read, hash, decode, resample, frame, features, write, fingerprint
    }

    package private(set) var seconds: [Double] = Array(repeating: 0, count: Part.allCases.count)
    private var last = StageClock.now()

    package init() {}

    /// Begins to count from now.
    mutating func restart() { last = StageClock.now() }

    /// Charges the time since the last call to `part`, and returns it.
    @discardableResult
    mutating func charge(_ part: Part) -> Double {
        let now = StageClock.now()
        let spent = now - last
        last = now
        if let index = Part.allCases.firstIndex(of: part) { seconds[index] += spent }
        return spent
    }

    mutating func add(_ other: StageClock) {
        for index in seconds.indices { seconds[index] += other.seconds[index] }
    }

    /// This clock with only one part.
    func only(_ part: Part) -> StageClock {
        var clock = StageClock()
        if let index = Part.allCases.firstIndex(of: part) { clock.seconds[index] = seconds[index] }
        return clock
    }

    package subscript(part: Part) -> Double {
        Part.allCases.firstIndex(of: part).map { seconds[$0] } ?? 0
    }

    /// CPU seconds of this thread.
    private static func now() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
