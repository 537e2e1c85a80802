import Synchronization

/// What a build is doing and has done so far; for progress and reports, in no key.
package final class BuildStatistics: Sendable {
    /// A look at a running build.
    package struct State: Sendable {
        /// The layer that runs: `scan`, `packs`, `split` …
        package var stage = "scan"
        package var clock = StageClock()
        /// Seconds of audio decoded so far.
        package var audioSeconds = 0.0
        /// About how many there will be.
        package var expectedAudioSeconds = 0.0
        package var sourceBytes = 0
    }

    private let current = Mutex(State())

    package init() {}

    func enter(_ stage: String, hours: Double = 0) {
        current.withLock {
            $0.stage = stage
            if hours > 0 { $0.expectedAudioSeconds = hours * 3600 }
        }
    }

    func expect(sourceBytes: Int) { current.withLock { $0.sourceBytes = sourceBytes } }

    func add(_ clock: StageClock, audioSeconds: Double) {
        current.withLock {
            $0.clock.add(clock)
            $0.audioSeconds += audioSeconds
        }
    }

    package var state: State { current.withLock { $0 } }
    /// CPU seconds by part so far.
    package var clock: StageClock { state.clock }
}
