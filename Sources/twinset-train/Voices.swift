import ArgumentParser
import Console
import Training

struct Voices: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the voices that are enrolled in a run.")

    @OptionGroup var options: VoiceOptions

    func run() throws {
        let voices = try options.voices(try options.folder())
        for file in voices.files {
            do {
                let voice = try voices.read(file)
                print("\(voice.name): \(Enroll.amount(voice))")
            } catch {
                Terminal.complain(error.message)
            }
        }
        if voices.files.isEmpty { Terminal.note("nobody is enrolled in \(voices.path)") }
    }
}
