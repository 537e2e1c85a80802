import ArgumentParser
import Foundation
import Shards
import Stages

/// Arguments in, exit status out: 0 all good, 1 failed, 2 bad usage or recipe, 3 built with too much quarantined.
@main
enum Main {
    static func main() async {
        do {
            var command = try Twinset.parseAsRoot()
            if var running = command as? any AsyncParsableCommand {
                try await running.run()
            } else {
                try command.run()
            }
        } catch {
            exit(report(error))
        }
    }

    /// Says what went wrong in one sentence and returns the exit status.
    private static func report(_ error: any Error) -> Int32 {
        switch error {
        case let error as RecipeError:
            Terminal.complain(error.description)
            return 2
        case let error as StageError:
            Terminal.complain(error.message)
            if case .usage = error { return 2 }
            return 1
        case let error as ShardError:
            Terminal.complain(error.message)
            if case .usage = error { return 2 }
            return 1
        case let status as ExitCode: return status.rawValue
        default: return reportOther(error)
        }
    }

    private static func reportOther(_ error: any Error) -> Int32 {
        let code = Twinset.exitCode(for: error)
        // Requests for help and completion scripts come as errors too, with their own way out.
        if code == .success { Twinset.exit(withError: error) }
        if code == .validationFailure {
            let message = Twinset.fullMessage(for: error)
            Terminal.complain(message.hasPrefix("Error: ") ? String(message.dropFirst(7)) : message)
            return 2
        }
        Terminal.complain("\(error)")
        return 1
    }
}

struct Twinset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "twinset",
        abstract: "Turns speech corpora into training data for twin and triplet networks.",
        discussion: """
            A recipe (manifests/*.yaml) says what is wanted. 'plan' says what is missing and why, 'build' makes it \
            and prints the dataset's digest: the same recipe and audio give the same digest on any machine.

              twinset build manifests/fbanknet.yaml --corpus librispeech=/data/LibriSpeech
              twinset plan manifests/fbanknet.yaml --corpus librispeech=/data/LibriSpeech --set features.mels=40
            """,
        version: "0.1.0",
        subcommands: [
            Build.self, Plan.self, Artifacts.self, Show.self, Verify.self, CollectGarbage.self, Picture.self,
            Certificate.self, Trials.self, Export.self, Train.self, Evaluate.self, Embed.self, Enroll.self,
            Identify.self, Voices.self, Forget.self, BenchDecode.self, BenchPairs.self,
        ])
}
