import ArgumentParser
import Console
import Foundation
import Shards
import Stages

/// Arguments in, exit status out: 0 all good, 1 failed, 2 bad usage or recipe, 3 built with too much quarantined.
@main
enum Main {
    static func main() async {
        do {
            try TrainerProgram.explain(CommandLine.arguments)
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
        case let error as RecipeError: return ExitReport.status(error.description, isUsage: true)
        case let error as StageError:
            if case .usage = error { return ExitReport.status(error.message, isUsage: true) }
            return ExitReport.status(error.message, isUsage: false)
        case let error as ShardError:
            if case .usage = error { return ExitReport.status(error.message, isUsage: true) }
            return ExitReport.status(error.message, isUsage: false)
        default: return ExitReport.status(of: error, Twinset.self)
        }
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
