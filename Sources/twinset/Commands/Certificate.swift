import ArgumentParser
import Console
import Stages

struct Certificate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the leakage certificate of a recipe's last build.",
        discussion: """
            What two sides of the split share: speakers, sessions, utterances, identical and near-identical audio, and \
            speakers of the trial lists that split.trials names. The table shows the first findings, --json all.
            """)

    @OptionGroup var options: RecipeOptions

    @Flag(help: "Prints the certificate as one JSON object.")
    var json = false

    func run() throws {
        let builder = try options.builder()
        let issued = try IssuedCertificate(recipe: builder.recipe, workspace: builder.workspace)
        if json {
            try Terminal.printJSON(issued)
        } else {
            print(issued.text)
        }
    }
}
