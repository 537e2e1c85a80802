internal import Foundation

/// What ends an export, or what is wrong with one; each message says what, where, why and what to do.
package enum ShardError: Error, Sendable {
    /// What was asked cannot be.
    case usage(String)
    /// The file system refused: disk full, no permission, gone.
    case refused(String)
    /// Bytes on disk are not what the index says.
    case damaged(String)

    package var message: String {
        switch self {
        case .usage(let text), .refused(let text), .damaged(let text): text
        }
    }

    /// The refusal of a system call on `path`, from `errno`.
    static func system(_ action: String, _ path: String, code: Int32 = errno) -> ShardError {
        let advice: String =
            switch code {
            case ENOSPC, EDQUOT:
                "; free some space and run the same command again: it goes on where it stopped"
            case EACCES, EPERM, EROFS: "; check who may write there"
            default: ""
            }
        return .refused(unsafe "cannot \(action) \(path): \(String(cString: strerror(code)))\(advice)")
    }
}

extension ShardError: CustomStringConvertible {
    package var description: String { message }
}
