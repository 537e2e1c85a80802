package import ArgumentParser
import Foundation

/// What a program says of an error that ended it, in one sentence, and the status it ends with: 0 all good, 1 failed,
/// 2 bad usage.
package enum ExitReport {
    /// Says `message` and gives its status.
    package static func status(_ message: String, isUsage: Bool) -> Int32 {
        Terminal.complain(message)
        return isUsage ? 2 : 1
    }

    /// The status of an error that no module of ours throws: of reading arguments, or of the system.
    package static func status(of error: any Error, _ root: any ParsableCommand.Type) -> Int32 {
        if let status = error as? ExitCode { return status.rawValue }
        let code = root.exitCode(for: error)
        // Requests for help and completion scripts come as errors too, with their own way out.
        if code == .success { root.exit(withError: error) }
        if code == .validationFailure {
            let message = root.fullMessage(for: error)
            return status(
                message.hasPrefix("Error: ") ? String(message.dropFirst(7)) : message, isUsage: true)
        }
        return status("\(error)", isUsage: false)
    }
}
