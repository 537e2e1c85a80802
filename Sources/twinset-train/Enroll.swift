import ArgumentParser
import Training

struct Enroll: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keeps a speaker's voice, from one recording or more, to know it again.",
        discussion: """
              twinset enroll anna anna1.wav anna2.flac
              arecord -f S16_LE -r 16000 -d 5 | twinset enroll anna - --run manifests/fbanknet.yaml

            The recordings go through the recipe's own resampling, frames and features, and the network makes an \
            embedding of every example; the voice is their mean. It lies in RUN/voices.
            """)

    @Argument(help: "Whose voice it is.")
    var name: String

    @Argument(
        help: "Recordings, in any form that a corpus may have; - is standard input.", completion: .file())
    var audio: [String]

    @OptionGroup var options: VoiceOptions
    @OptionGroup var device: VoiceDevice

    @Flag(help: "Adds to what is known of the voice; without it a voice of the same name is replaced.")
    var add = false

    func run() throws {
        try device.check()
        let name = try VoiceFileName(name).name
        let folder = try options.folder()
        let network = try device.network(folder)
        let voices = VoiceFolder(run: folder.path, weights: network.weights)
        let known = add ? try voices.voice(name) : nil
        let isReplaced = try !add && voices.has(name)
        let recordings = try Recordings(folder, network)
        let heard = try audio.map { try recordings.hear($0).embeddings }
        let new = network.voice(name, heard)
        let voice = known.map { $0.joined(with: new) } ?? new
        let file = try voices.keep(voice)
        let verb = known != nil ? "added to" : isReplaced ? "replaced" : "enrolled"
        print("\(name): \(verb), \(Enroll.amount(voice)); \(file)")
    }

    /// "2 recordings, 31 examples".
    static func amount(_ voice: Voice) -> String {
        "\(voice.recordingCount) recording\(voice.recordingCount == 1 ? "" : "s"), "
            + "\(voice.exampleCount) example\(voice.exampleCount == 1 ? "" : "s")"
    }
}
