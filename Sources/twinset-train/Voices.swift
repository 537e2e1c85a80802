import ArgumentParser
import Console
import Training

struct Voices: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the voices that are enrolled in a run.")

    @OptionGroup var options: VoiceOptions

    func run() throws {
        let voices = try options.voices(try options.folder())
        let (usable, refusals) = voices.voices()
        for voice in usable { print("\(voice.name): \(Enroll.amount(voice))") }
        for refusal in refusals { Terminal.complain(refusal.message) }
        if usable.isEmpty, refusals.isEmpty { Terminal.note("nobody is enrolled in \(voices.path)") }
        if !refusals.isEmpty { throw ExitCode.failure }
    }
}
