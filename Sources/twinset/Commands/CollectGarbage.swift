import ArgumentParser
import Console
import Stages

struct CollectGarbage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc", abstract: "Removes what no kept build needs.",
        discussion: "Of every recipe the last build is kept, or the last N with --keep N.")

    @Option(help: "How many builds of each recipe are kept.")
    var keep: Int = 1

    @Flag(help: "Says what would be removed, and removes nothing.")
    var dryRun = false

    @Flag(help: "Prints the result as one JSON object.")
    var json = false

    @OptionGroup var workspace: WorkspaceOption

    func validate() throws {
        guard keep > 0 else { throw ValidationError("--keep must be at least 1.") }
    }

    func run() async throws {
        let collection = GarbageCollection(workspace: workspace.value, keep: keep)
        let report = try await collection.run(dryRun: dryRun) { Terminal.note("twinset: \($0)") }
        if json {
            try Terminal.printJSON(report)
            return
        }
        let verb = dryRun ? "would be removed" : "removed"
        print(
            "\(report.removedArtifacts) artifacts (\(Amount.bytes(report.removedBytes))) of \(report.removedBuilds) builds "
                + "\(verb); \(report.keptArtifacts) (\(Amount.bytes(report.keptBytes))) of \(report.keptBuilds) builds stay"
        )
    }
}
