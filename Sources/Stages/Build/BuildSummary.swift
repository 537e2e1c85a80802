import ContentStore
import Corpus
import Foundation

/// What a build came to: what `twinset build --json` prints.
package struct BuildSummary: Codable, Sendable {
    package struct Tasks: Codable, Sendable {
        package var ran = 0
        package var upToDate = 0
    }

    package struct Side: Codable, Sendable {
        package let examples: Int
        package let utterances: Int
        package let speakers: Int
        /// Speakers by sex: `f`, `m`, `u`.
        package let sexes: [String: Int]
        /// Of the utterances that have an example here.
        package let hours: Double
    }

    package struct Leak: Codable, Sendable {
        package let kind: String
        package let count: Int

        /// `52 speakers on two sides`.
        package var phrase: String { Stages.Leak(rawValue: kind)?.phrase(count) ?? "\(count) \(kind)" }
    }

    /// The name of the dataset: equal for equal datasets, wherever they were built.
    package var dataset = ""
    package var recipe = ""
    package var tasks = Tasks()
    package var utterances = 0
    package var quarantined = 0
    /// Quarantined utterances by reason.
    package var reasons: [String: Int] = [:]
    /// How many the recipe tolerates.
    package var tolerance = 0
    /// Utterances too short for one example.
    package var short = 0
    package var examples = 0
    /// Examples that augmentation made, beside `examples`.
    package var copies = 0
    package var pairs = 0
    /// How often the examples of a side stand in its pairs; not counted beyond 50 million.
    package var exposure: [String: Exposure] = [:]
    /// Verification trials; nil where the recipe asks for none.
    package var trials: Int?
    /// Episodes of all shots and ways; nil where the recipe asks for none.
    package var episodes: Int?
    package var sides: [String: Side] = [:]
    /// What the sides share because the recipe says so by name.
    package var leaks: [Leak] = []
    package var hours = 0.0
    /// Bytes of the artifacts that are kept.
    package var bytes = 0
    package var seconds = 0.0
    package var cpuSeconds: [String: Double] = [:]
    package var peakMemoryBytes = 0
    package var warnings: [String] = []

    package init() {}

    /// Whether more was quarantined than the recipe tolerates.
    package var isBeyondTolerance: Bool { quarantined > tolerance }
}

/// The largest memory this process has had.
func peakMemoryByteCount() -> Int {
    var usage = rusage()
    #if os(Linux)
        unsafe getrusage(0, &usage)
        return usage.ru_maxrss * 1024
    #else
        unsafe getrusage(0, &usage)
        return usage.ru_maxrss
    #endif
}

/// CPU seconds of this process so far.
func processCPUSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
