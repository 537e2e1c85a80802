import ArgumentParser
import Console
import Foundation
import Stages

struct BenchPairs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-pairs",
        abstract: "Draws pairs and triplets by reference and does nothing else.",
        shouldDisplay: false)

    @Option(help: "How many of each kind.")
    var count: Int = 10_000_000

    @Option(help: "How many parts are drawn at once.")
    var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Prints the result as one JSON object.")
    var json = false

    func validate() throws {
        guard jobs > 0, count > 0 else { throw ValidationError("--jobs and --count must be at least 1.") }
    }

    func run() async throws {
        var reports: [PairBench.Report] = []
        for kind in PairBench.Kind.allCases {
            reports.append(try await PairBench(count: count, jobs: jobs).run(kind))
        }
        if json {
            try Terminal.printJSON(["kinds": reports])
        } else {
            for report in reports {
                let rate = Double(report.pairs) / report.seconds / 1e6
                print(String(format: "%6.1f million per second", rate) + "  \(report.title)")
            }
        }
    }
}
