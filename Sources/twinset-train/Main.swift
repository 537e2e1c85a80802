import ArgumentParser
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
        case let error as RecipeError:
            Console.complain(error.description)
            return 2
        case let error as StageError:
            Console.complain(error.message)
            if case .usage = error { return 2 }
            return 1
        case let error as TrainingError:
            Console.complain(error.message)
            if case .unusable = error { return 2 }
            return 1
        case let status as ExitCode: return status.rawValue
        case let error as TorchError: Console.complain(error.message)
        default: return reportOther(error)
        }
        return 1
    }

    private static func reportOther(_ error: any Error) -> Int32 {
        let code = TwinsetTrain.exitCode(for: error)
        // Requests for help come as errors too, with their own way out.
        if code == .success { TwinsetTrain.exit(withError: error) }
        if code == .validationFailure {
            let message = TwinsetTrain.fullMessage(for: error)
            Console.complain(message.hasPrefix("Error: ") ? String(message.dropFirst(7)) : message)
            return 2
        }
        Console.complain("\(error)")
        return 1
    }
}

struct TwinsetTrain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "twinset", abstract: "Trains the published systems from a built dataset.",
        subcommands: [
            Train.self, Evaluate.self, Embed.self, Enroll.self, Identify.self, Voices.self, Forget.self,
        ])
}
