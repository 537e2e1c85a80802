import ArgumentParser
import Training

struct Forget: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Removes an enrolled voice from a run.")

    @Argument(help: "Whose voice it is.")
    var name: String

    @OptionGroup var options: VoiceOptions

    func run() throws {
        let voices = try options.voices(try options.folder())
        try voices.forget(name)
        print("\(name): forgotten")
    }
}
