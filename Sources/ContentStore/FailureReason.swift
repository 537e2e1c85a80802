internal import Foundation

extension Error {
    /// Why a call on files failed, in the system's words: `Not a directory`. Foundation's own description of an error that it
    /// has no words for is its number.
    package var reason: String {
        let error = self as NSError
        let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        guard cause.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
        return unsafe String(cString: strerror(Int32(cause.code)))
    }
}
