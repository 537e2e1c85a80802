import Console
import Foundation
import Stages
import Synchronization

/// Shows how far a build is: one line that moves on a terminal, a plain line now and then otherwise.
final class ProgressLine: Sendable {
    private let statistics: BuildStatistics
    private let isRunning = Atomic<Bool>(false)
    private let isDone = DispatchSemaphore(value: 0)
    private let began = ContinuousClock.now

    init(_ statistics: BuildStatistics) { self.statistics = statistics }

    func start() {
        isRunning.store(true, ordering: .relaxed)
        let thread = Thread { [self] in
            Terminal.isInteractive ? animate() : report()
            isDone.signal()
        }
        thread.start()
    }

    func stop() {
        guard isRunning.exchange(false, ordering: .relaxed) else { return }
        isDone.wait()
    }

    private func animate() {
        while isRunning.load(ordering: .relaxed) {
            Terminal.overwrite(line(withBar: true))
            Thread.sleep(forTimeInterval: 0.1)
        }
        Terminal.overwrite("")
    }

    /// A line every ten seconds, and none for what is done sooner.
    private func report() {
        var waited = 0
        while isRunning.load(ordering: .relaxed) {
            Thread.sleep(forTimeInterval: 0.05)
            waited += 1
            if waited % 200 == 0 { Terminal.note(line(withBar: false)) }
        }
    }

    private func line(withBar: Bool) -> String {
        let state = statistics.state
        let elapsed = began.duration(to: .now)
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        guard state.stage == "packs", state.audioSeconds > 0 else {
            return "\(ProgressLine.title(state.stage))  \(Amount.duration(seconds))"
        }
        let hours = state.audioSeconds / 3600
        let rate = hours / seconds
        // Hours to come are estimated from bytes; never show less than what is done.
        let expected = max(state.expectedAudioSeconds / 3600, hours)
        let left = rate > 0 ? (expected - hours) / rate : 0
        let numbers =
            String(format: "%.2f of about %.2f h  %.2f h/s", hours, expected, rate)
            + "  \(Amount.duration(left)) left"
        return withBar
            ? ProgressLine.bar(hours / expected, numbers, columnCount: Terminal.columnCount)
            : "\(ProgressLine.title(state.stage))  \(numbers)"
    }

    /// A line with a bar that fits into so many columns: the names of the stages give way first, then the bar.
    private static func bar(_ share: Double, _ numbers: String, columnCount: Int) -> String {
        func room(_ title: String) -> Int { columnCount - title.count - numbers.count - 7 }
        let whole = title("packs")
        let title = room(whole) < 10 ? "features" : whole
        let width = min(24, room(title))
        return width < 4 ? "\(title)  \(numbers)" : "\(title)  \(bar(share, width))  \(numbers)"
    }

    private static func title(_ stage: String) -> String {
        switch stage {
        case "scan": "looking through the corpora"
        case "packs": "ingest → resample → frame → features"
        default: stage
        }
    }

    private static func bar(_ share: Double, _ width: Int) -> String {
        let filled = min(width, max(0, Int(share * Double(width))))
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
            + "]"
    }
}
