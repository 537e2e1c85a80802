import ArgumentParser
import Console
import Foundation
import Stages

struct Build: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Builds the dataset of a recipe, running only what is missing.",
        discussion: """
            Ends with the dataset's digest. Exit status: 0 all good; 1 failed; 2 bad usage or recipe; 3 built, but \
            with more quarantined utterances than the recipe tolerates (ingest.tolerance, 0 by default).
            """)

    @OptionGroup var options: RecipeOptions

    @Flag(help: "Says what would run and why, and runs nothing.")
    var dryRun = false

    @Flag(help: "Prints the result as one JSON object.")
    var json = false

    func run() async throws {
        let builder = try options.builder()
        if dryRun {
            try Plan.show(try await builder.plan(), json: json)
            return
        }
        let progress = ProgressLine(builder.statistics)
        progress.start()
        let result: BuildSummary
        do {
            result = try await builder.build { Terminal.note("twinset: \($0)") }
        } catch {
            progress.stop()
            throw error
        }
        progress.stop()
        if json {
            try Terminal.printJSON(result)
        } else {
            Build.show(result)
        }
        if result.isBeyondTolerance {
            Terminal.complain(
                "\(result.quarantined) utterances are quarantined, more than the \(result.tolerance) tolerated; "
                    + "'twinset show quarantine --workspace \(options.workspace.workspace)' lists them")
            throw ExitCode(3)
        }
    }

    private static func show(_ result: BuildSummary) {
        for warning in result.warnings { Terminal.note("note: \(warning)") }
        let sides = result.sides.sorted { $0.key < $1.key }.map { [$0.key, describe($0.value)] }
        var rows = [
            ["dataset", result.dataset],
            [
                "audio",
                String(format: "%.3f h, %@ utterances", result.hours, Amount.count(result.utterances)),
            ],
            [
                "examples",
                Amount.count(result.examples)
                    + (result.short > 0 ? " (\(result.short) utterances too short)" : ""),
            ],
        ]
        rows += sides.map { ["  " + $0[0], $0[1]] }
        if result.copies > 0 {
            rows.append(["augmented", "\(Amount.count(result.copies)) copies of train examples"])
        }
        rows.append(["pairs", Amount.count(result.pairs)])
        if let trials = result.trials { rows.append(["trials", Amount.count(trials)]) }
        if let episodes = result.episodes { rows.append(["episodes", Amount.count(episodes)]) }
        for (side, exposure) in result.exposure.sorted(by: { $0.key < $1.key }) {
            rows.append(["  " + side, exposure.sentence])
        }
        for leak in result.leaks {
            rows.append(["shared", "\(leak.phrase), as the recipe allows"])
        }
        let reasons = result.reasons.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        rows.append([
            "quarantined",
            "\(result.quarantined)" + (reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))"),
        ])
        rows.append(["tasks", "\(result.tasks.ran) ran, \(result.tasks.upToDate) up to date"])
        rows.append(["stored", Amount.bytes(result.bytes)])
        let rate =
            result.tasks.ran > 0 && result.seconds > 0
            ? String(format: ", %.2f h/s", result.hours / result.seconds) : ""
        rows.append(["time", Amount.duration(result.seconds) + rate])
        print(Terminal.table(rows))
    }

    private static func describe(_ side: BuildSummary.Side) -> String {
        let sexes = side.sexes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(
            separator: ", ")
        let hours = String(format: "%.3f h", side.hours)
        return "\(Amount.count(side.examples)) examples of \(side.utterances) utterances (\(hours)), "
            + "\(side.speakers) speakers (\(sexes))"
    }
}
