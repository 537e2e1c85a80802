import ArgumentParser

struct Voices: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the voices that are enrolled in a run.",
        helpNames: [])

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() throws { try TrainerProgram.run("voices", arguments) }
}
