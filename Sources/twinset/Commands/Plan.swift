import ArgumentParser
import Console
import Stages

struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what a build would run and why, without running it.",
        discussion: """
            For every stage: how many tasks are up to date, how many are stale, and the first field in which what is \
            asked differs from what was asked last, old → new.
            """)

    @OptionGroup var options: RecipeOptions

    @Flag(help: "Prints the plan as one JSON object.")
    var json = false

    func run() async throws {
        try Plan.show(try await options.builder().plan(), json: json)
    }

    static func show(_ plan: DatasetPlan, json: Bool) throws {
        if json {
            try Terminal.printJSON(plan)
            return
        }
        for warning in plan.warnings { Terminal.note("note: \(warning)") }
        var rows = [["stage", "up to date", "to run", "why"]]
        for stage in plan.stages {
            let why = stage.reasons.map { reason($0, of: stage) }
            rows.append([stage.name, String(stage.upToDate), String(stage.stale), why.first ?? ""])
            rows += why.dropFirst().map { ["", "", "", $0] }
        }
        print(Terminal.table(rows))
        let stale = plan.stages.reduce(0) { $0 + $1.stale }
        if stale == 0 {
            print("\nNothing to do: \(Amount.count(plan.utterances)) utterances are up to date.")
            return
        }
        let estimate = plan.estimate
        guard estimate.bytes > 0 else { return }
        let free = estimate.freeBytes.map { ", \(Amount.bytes($0)) are free" } ?? ""
        print(
            "\nAbout \(Amount.duration(estimate.hours * 3600)) of audio to read, \(Amount.bytes(estimate.bytes)) to write"
                + "\(free), \(Amount.duration(estimate.seconds)) to wait (estimated from the size of the sources)."
        )
    }

    private static func reason(_ reason: DatasetPlan.Reason, of stage: DatasetPlan.Stage) -> String {
        let change: String =
            switch (reason.old, reason.new) {
            case (nil, "never run"): "never run"
            case (let old?, let new?): "\(reason.field): \(old) → \(new)"
            case (nil, let new?): "\(reason.field): new (\(new))"
            case (let old?, nil): "\(reason.field): gone (was \(old))"
            case (nil, nil): reason.field
            }
        var scope = ["\(reason.tasks) task\(reason.tasks == 1 ? "" : "s")"]
        if reason.audioSeconds > 0 { scope.append(Amount.duration(reason.audioSeconds)) }
        if reason.sourceBytes > 0 { scope.append(Amount.bytes(reason.sourceBytes)) }
        return "\(change)  (\(scope.joined(separator: ", ")))"
    }
}
