import ArgumentParser
import Console
import Stages

struct Artifacts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists artifacts: stage, pack, speaker, digest, bytes, rows, path.",
        discussion: """
            Of every recipe the last build, or with --all everything recorded. An artifact is a safetensors file; one \
            that is not kept has no path, and is made again when it is needed.
            """)

    @Option(help: "Only this stage: ingest, resample, frame, features, split, pairs …")
    var stage: String?

    @Flag(help: "Everything recorded, not only the last builds.")
    var all = false

    @Flag(help: "Prints a JSON array.")
    var json = false

    @OptionGroup var workspace: WorkspaceOption

    func run() async throws {
        let entries = try ArtifactList.read(workspace.value, stage: stage, all: all)
        if json {
            try Terminal.printJSON(entries)
            return
        }
        let rows = entries.map { entry in
            [
                entry.stage, entry.subject, entry.speaker ?? "-", entry.digest.short,
                Amount.bytes(entry.bytes),
                Amount.count(entry.rows), entry.path ?? "not kept",
            ]
        }
        print(Terminal.table([["stage", "pack", "speaker", "digest", "bytes", "rows", "path"]] + rows))
    }
}
