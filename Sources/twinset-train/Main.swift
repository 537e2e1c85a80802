import ArgumentParser
import Console
import Foundation
import Stages
import Torch
import Training

/// Arguments in, exit status out: 0 all good, 1 failed, 2 bad usage, recipe or settings. Found beside `twinset` and run by
/// it for its subcommands.
@main
enum Main {
    static func main() async {
        do {
            var command = try TwinsetTrain.parseAsRoot()
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
        case let error as TrainingError:
            if case .unusable = error { return ExitReport.status(error.message, isUsage: true) }
            return ExitReport.status(error.message, isUsage: false)
        case let error as TorchError:
            if case .unknown = error { return ExitReport.status(error.message, isUsage: true) }
            return ExitReport.status(error.message, isUsage: false)
        default: return ExitReport.status(of: error, TwinsetTrain.self)
        }
    }
}

struct TwinsetTrain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "twinset", abstract: "Trains the published systems from a built dataset.",
        subcommands: [
            Train.self, Evaluate.self, Embed.self, Enroll.self, Identify.self, Voices.self, Forget.self,
        ])
}
