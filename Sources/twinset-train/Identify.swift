import ArgumentParser
import Console
import Foundation
import Training

struct Identify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says whose voice a recording is, among those enrolled.",
        discussion: """
              twinset identify unknown.wav
              arecord -f S16_LE -r 16000 -d 5 | twinset identify - --run manifests/fbanknet.yaml --json

            A score is the mean distance of the recording's examples from a voice: smaller is closer. The closest voice \
            is accepted when its score is within the threshold, which was chosen on validation: where as many pairs of \
            one speaker were refused as pairs of two accepted.
            """)

    @Argument(help: "Recordings, each asked about on its own; - is standard input.", completion: .file())
    var audio: [String]

    @OptionGroup var options: VoiceOptions
    @OptionGroup var device: VoiceDevice

    // A head's scores may be below 0.
    @Option(
        parsing: .unconditional,
        help: "The distance up to which a voice is accepted, instead of the run's own.")
    var threshold: Double?

    @Option(help: "How many of the closest names are printed.")
    var top: Int = 5

    @Flag(help: "Prints a line of JSON for every recording.")
    var json = false

    /// What is printed of a recording as JSON; without a threshold there are no decision, name and shares.
    private struct Answer: Encodable {
        let audio: String
        let seconds: Double
        let examples: Int
        let comparison: PairDistance.Comparison
        let threshold: Double?
        let decision: Identification.Decision?
        let name: String?
        let candidates: [Identification.Candidate]
    }

    func validate() throws {
        guard top > 0 else { throw ValidationError("--top must be at least 1.") }
        guard threshold?.isFinite ?? true else { throw ValidationError("--threshold must be a number.") }
    }

    func run() throws {
        try device.check()
        let folder = try options.folder()
        let network = try device.network(folder)
        let (voices, refusals) = VoiceFolder(run: folder.path, weights: network.weights).voices()
        // Who can be compared with is compared with, and the status says that somebody is missing.
        for refusal in refusals { Terminal.complain(refusal.message) }
        guard !voices.isEmpty else {
            if !refusals.isEmpty { throw ExitCode.failure }
            throw TrainingError.unusable(
                "nobody is enrolled in \(folder.path); first: twinset enroll NAME AUDIO")
        }
        if threshold == nil, network.threshold == nil {
            Terminal.note(
                "twinset: \(folder.path) has no threshold from validation; nobody is accepted or refused without --threshold"
            )
        }
        let recordings = try Recordings(folder, network)
        var failures = refusals.count
        for path in audio {
            do {
                let heard = try recordings.hear(path)
                let found = try network.identify(heard.embeddings, voices, threshold: threshold)
                try report(heard, found, network.comparison)
            } catch {
                // The other recordings have their answers all the same.
                if audio.count == 1 { throw error }
                Terminal.complain("\(error)")
                failures += 1
            }
        }
        if failures > 0 { throw ExitCode.failure }
    }

    private func report(
        _ heard: Recordings.Heard, _ found: Identification, _ comparison: PairDistance.Comparison
    ) throws {
        if json {
            let answer = Answer(
                audio: heard.name, seconds: heard.seconds, examples: found.exampleCount,
                comparison: comparison,
                threshold: found.threshold, decision: found.decision, name: found.name,
                candidates: Array(found.candidates.prefix(top)))
            try Terminal.printJSON(answer)
            return
        }
        let decision = found.decision.map { $0 == .accepted ? found.name ?? "" : "unknown" } ?? "not decided"
        print("\(heard.name): \(decision)")
        for candidate in found.candidates.prefix(top) {
            let share = candidate.shareWithin.map {
                String(format: "   %3.0f %% of %d examples within", 100 * $0, found.exampleCount)
            }
            print(String(format: "  %9.4g  %@%@", candidate.score, candidate.name, share ?? ""))
        }
        if let threshold = found.threshold {
            print(String(format: "  %9.4g  threshold (%@)", threshold, comparison.rawValue))
        }
    }
}
