import ArgumentParser

/// A subcommand that `twinset-train` carries out: it gets the arguments as they are, help and errors included.
protocol TrainerCommand: ParsableCommand {
    static var abstract: String { get }
    var arguments: [String] { get }
}

extension TrainerCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(abstract: abstract, helpNames: [])
    }

    /// As it is called: `train`.
    static var name: String { "\(Self.self)".lowercased() }

    func run() throws { try TrainerProgram.run(Self.name, arguments) }
}

struct Train: TrainerCommand {
    static let abstract = "Trains the system that a recipe is for, from its last build (needs libtorch)."
    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct Evaluate: TrainerCommand {
    static let abstract =
        "Says what a trained network reaches: EER, minDCF, accuracies, pictures (needs libtorch)."
    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct Embed: TrainerCommand {
    static let abstract =
        "Writes the embeddings of a built dataset by a trained network (needs libtorch)."
    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct Enroll: TrainerCommand {
    static let abstract = "Keeps a speaker's voice, to know it again (needs libtorch)."
    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct Identify: TrainerCommand {
    static let abstract = "Says whose voice a recording is (needs libtorch)."
    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct Voices: TrainerCommand {
    static let abstract = "Lists the voices that are enrolled in a run."
    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

struct Forget: TrainerCommand {
    static let abstract = "Removes an enrolled voice from a run."
    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}
