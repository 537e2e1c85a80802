import ArgumentParser

struct Embed: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the embeddings of a built dataset by a trained network (needs libtorch).",
        helpNames: [])

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() throws { try TrainerProgram.run("embed", arguments) }
}
