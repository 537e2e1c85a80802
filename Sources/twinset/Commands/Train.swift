import ArgumentParser

struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains the system that a recipe is for, from its last build (needs libtorch).",
        helpNames: [])

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() throws { try TrainerProgram.run("train", arguments) }
}
