import ArgumentParser
import Console
import Foundation
import Shards
import Stages

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Rehashes every stored artifact, or every file of an export, and names what is damaged.",
        discussion: """
            With --repair, damaged artifacts are made again from the sources by the last build of each recipe, and \
            must come out with the digest that is recorded. Exit status 1 when damage is left.

            An export is checked by its own index.json, wherever it lies: 'twinset verify exports/fbanknet'.
            """)

    @Argument(help: "The folder of an export; without it, the workspace is checked.", completion: .directory)
    var export: String?

    @Flag(help: "Makes damaged artifacts again.")
    var repair = false

    @Flag(help: "Prints the result as one JSON object.")
    var json = false

    @Option(help: "How many artifacts are read at once.")
    var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

    @OptionGroup var workspace: WorkspaceOption

    func validate() throws {
        guard jobs > 0 else { throw ValidationError("--jobs must be at least 1.") }
        guard export == nil || !repair else {
            throw ValidationError(
                "--repair is for a workspace; a damaged export is made again by 'twinset export'.")
        }
    }

    private struct Outcome: Encodable {
        let check: StoreCheck.Report
        let repair: Repair.Report?
    }

    func run() async throws {
        if let export { return try await verify(export) }
        let check = StoreCheck(workspace: workspace.value, jobs: jobs)
        let report = try await check.run()
        let repaired =
            repair && !report.damage.isEmpty
            ? try await Repair(check: check).run(report) { Terminal.note("twinset: \($0)") } : nil
        if json {
            try Terminal.printJSON(Outcome(check: report, repair: repaired))
        } else {
            Verify.show(report, repaired)
        }
        if !report.damage.isEmpty && repaired == nil { throw ExitCode(1) }
    }

    private func verify(_ folder: String) async throws {
        let report = try await ExportCheck(folder: folder).run(jobs: jobs)
        if json {
            try Terminal.printJSON(report)
        } else {
            for damage in report.damage {
                let rows =
                    damage.side.map { ": rows \(damage.firstRow ?? 0)..<\(damage.endRow ?? 0) of \($0)" }
                    ?? ""
                print("\(damage.what): \(damage.name)\(rows)")
            }
            for name in report.strangers { print("not of this export: \(name)") }
            print(
                "\(Amount.count(report.files)) files, \(Amount.bytes(report.bytes)), export \(report.digest): "
                    + (report.isWhole ? "all whole" : "damaged; remove the folder and export again"))
        }
        if !report.isWhole { throw ExitCode(1) }
    }

    private static func show(_ report: StoreCheck.Report, _ repaired: Repair.Report?) {
        for damage in report.damage {
            let affects = damage.affects.isEmpty ? "" : "; read by \(damage.affects.joined(separator: ", "))"
            let makers = damage.madeBy.isEmpty ? "no recorded task" : damage.madeBy.joined(separator: ", ")
            print("\(damage.what): \(damage.path)\n  made by \(makers)\(affects)")
        }
        print(
            "\(Amount.count(report.checked)) artifacts, \(Amount.bytes(report.bytes)): "
                + (report.damage.isEmpty ? "all whole" : "\(report.damage.count) damaged"))
        if let repaired {
            print(
                "\(repaired.repaired.count) made again by \(repaired.ranCount) tasks, \(repaired.removed.count) removed"
            )
        } else if !report.damage.isEmpty {
            print("'twinset verify --repair' makes them again from the sources.")
        }
    }
}
