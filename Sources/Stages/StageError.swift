import Foundation

/// What ends a build; each message says what, where, why and what to do.
package enum StageError: Error, CustomStringConvertible, Sendable {
    /// What was asked cannot be: exit status 2.
    case usage(String)
    /// The world or the data refused: exit status 1.
    case failed(String)

    package var message: String {
        switch self {
        case .usage(let text), .failed(let text): text
        }
    }

    package var description: String { message }

    /// The system's words for the last failed call.
    static func systemReason() -> String { unsafe String(cString: strerror(errno)) }
}
