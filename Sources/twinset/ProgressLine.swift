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
        let bar = withBar ? ProgressLine.bar(hours / expected) + "  " : ""
        let numbers = String(format: "%.2f of about %.2f h  %.2f h/s", hours, expected, rate)
        return "\(ProgressLine.title(state.stage))  \(bar)\(numbers)  \(Amount.duration(left)) left"
    }

    private static func title(_ stage: String) -> String {
        switch stage {
        case "scan": "looking through the corpora"
        case "packs": "ingest → resample → frame → features"
        default: stage
        }
    }

    private static func bar(_ share: Double) -> String {
        let width = 24
        let filled = min(width, max(0, Int(share * Double(width))))
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
            + "]"
    }
}
