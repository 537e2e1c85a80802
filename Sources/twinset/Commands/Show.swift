import ArgumentParser
import Stages

struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what an artifact, utterance or task is, where it comes from and what was made of it.",
        discussion: """
            ID is an utterance's id, or the first digits of an artifact's digest or a task's key. 'twinset show \
            quarantine' lists the utterances that could not be used, and why.
            """)

    @Argument(help: "An utterance, the first digits of a digest or key, or 'quarantine'.")
    var id: String

    @OptionGroup var workspace: WorkspaceOption

    func run() async throws {
        let lineage = try Lineage(workspace.value)
        let lines = id == "quarantine" ? try lineage.quarantine() : try lineage.describe(id)
        print(lines.isEmpty ? "Nothing is quarantined." : lines.joined(separator: "\n"))
    }
}
