import ArgumentParser

struct Identify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says whose voice a recording is (needs libtorch).",
        helpNames: [])

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() throws { try TrainerProgram.run("identify", arguments) }
}
