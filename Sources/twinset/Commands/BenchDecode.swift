import ArgumentParser
import Console
import Foundation
import Stages

struct BenchDecode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-decode",
        abstract: "Decodes every audio file below a folder and does nothing else.",
        shouldDisplay: false)

    @Argument(help: "The folder.", completion: .directory)
    var folder: String

    @Option(help: "How many files are decoded at once.")
    var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Prints the result as one JSON object.")
    var json = false

    func validate() throws {
        guard jobs > 0 else { throw ValidationError("--jobs must be at least 1.") }
    }

    func run() async throws {
        let report = try await DecodeBench(folder: folder, jobs: jobs).run()
        if json {
            try Terminal.printJSON(report)
        } else {
            print(String(format: "%d files, %.3f h in %.2f s", report.files, report.hours, report.seconds))
        }
    }
}
