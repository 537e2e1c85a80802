internal import GRDB

/// What can go wrong with a manifest; each message says what, where, why and what to do.
package enum ManifestError: Error, Sendable {
    case missing(String)
    case newer(String)
    case refused(String)

    package var message: String {
        switch self {
        case .missing(let text), .newer(let text), .refused(let text): text
        }
    }

    /// Runs `body`, turning SQLite's errors into one sentence about the manifest at `path`.
    static func wrap<Value>(_ path: String, _ body: () throws -> Value) throws(ManifestError) -> Value {
        do {
            return try body()
        } catch let error as ManifestError {
            throw error
        } catch let error as DatabaseError {
            let advice =
                switch error.resultCode {
                case .SQLITE_FULL: "; free some space and run it again"
                case .SQLITE_IOERR: "; if the disk is full, free some space and run it again"
                case .SQLITE_BUSY, .SQLITE_LOCKED: "; another program holds it, try again when that is done"
                case .SQLITE_NOTADB, .SQLITE_CORRUPT:
                    "; it is damaged: move the workspace away and build again, the same audio gives the same dataset"
                case .SQLITE_READONLY, .SQLITE_CANTOPEN: "; check who may write there"
                default: ""
                }
            throw .refused(
                "SQLite refused the manifest \(path): \(error.message ?? "\(error.resultCode)")\(advice)")
        } catch {
            throw .refused("cannot use the manifest \(path): \(error)")
        }
    }
}

extension ManifestError: CustomStringConvertible {
    package var description: String { message }
}
