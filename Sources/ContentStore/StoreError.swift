internal import Foundation

/// What can go wrong with the store; each message says what, where, why and what to do.
package enum StoreError: Error, Sendable {
    /// The file system refused: disk full, no permission, gone.
    case refused(String)
    /// Bytes on disk are not what their name or their form says.
    case damaged(String)
    /// A value has no canonical form.
    case unencodable(String)

    package var message: String {
        switch self {
        case .refused(let text), .damaged(let text), .unencodable(let text): text
        }
    }

    /// The refusal of a system call on `path`, from `errno`.
    static func system(_ action: String, _ path: String, code: Int32 = errno) -> StoreError {
        let advice: String =
            switch code {
            case ENOSPC, EDQUOT:
                "; free some space ('twinset gc' removes what no build needs) and run it again"
            case EACCES, EPERM, EROFS: "; check who may write there"
            case EMFILE, ENFILE: "; raise the limit of open files (ulimit -n)"
            default: ""
            }
        return .refused(unsafe "cannot \(action) \(path): \(String(cString: strerror(code)))\(advice)")
    }
}

extension StoreError: CustomStringConvertible {
    package var description: String { message }
}
