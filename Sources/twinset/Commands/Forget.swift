import ArgumentParser

struct Forget: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Removes an enrolled voice from a run.",
        helpNames: [])

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() throws { try TrainerProgram.run("forget", arguments) }
}
