import ArgumentParser

struct Enroll: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keeps a speaker's voice, to know it again (needs libtorch).",
        helpNames: [])

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() throws { try TrainerProgram.run("enroll", arguments) }
}
