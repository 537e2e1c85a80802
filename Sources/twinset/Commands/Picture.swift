import ArgumentParser
import Console
import Stages

struct Picture: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draws a few examples of a built dataset: each one's waveform above its features.",
        discussion: """
            Time goes to the right and frequency upward; colors span each example's own range. Raw waveforms are shown \
            with log-mel energies made for the picture.
            """)

    @OptionGroup var options: RecipeOptions

    @Option(help: "The PNG file to write.", completion: .file(extensions: ["png"]))
    var out: String

    @Option(help: "How many examples.")
    var examples: Int = 8

    func validate() throws {
        guard (1...64).contains(examples) else { throw ValidationError("--examples is 1 to 64.") }
    }

    func run() async throws {
        let builder = try options.builder()
        let cells = try ExamplePicture(recipe: builder.recipe, workspace: builder.workspace, count: examples)
            .write(to: out)
        var rows = [["cell", "utterance", "speaker", "from", "length"]]
        for (index, cell) in cells.enumerated() {
            rows.append([
                "\(index / 4 + 1)-\(index % 4 + 1)", cell.utterance, cell.speaker,
                Amount.duration(cell.startSeconds),
                Amount.duration(cell.seconds),
            ])
        }
        print(Terminal.table(rows))
        print("written to \(out)")
    }
}
