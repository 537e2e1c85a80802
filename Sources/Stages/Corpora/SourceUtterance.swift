import ContentStore
import Corpus

/// An utterance that a corpus offers, not yet read.
package struct SourceUtterance: Sendable {
    package let corpus: String
    package let id: String
    package let speaker: String
    package let session: String
    /// The path below the corpus folder.
    let relativePath: String
    /// Where the file is.
    package let path: String
    let state: FileState
    /// Why it cannot be used, found by looking at names alone.
    let rejection: Rejection?
    /// The part of the file that is this utterance; nil means all of it.
    var range: SourceRange?
    /// The SHA-256 of the file, where it is remembered from an earlier build or was taken now.
    var digest: Digest?

    struct Rejection: Sendable {
        let reason: String
        let message: String
    }

    /// What the file is to its ingest task. The verdict of a rejected one stands in it, so that a corpus whose
    /// speaker list was mended is looked at again.
    package var role: String {
        // Another part of the same bytes is another question.
        let part = range.map { "[\($0)]" } ?? ""
        let name = "\(corpus)/\(speaker)/\(session)/\(id)\(part)"
        return rejection.map { "\(name)#\($0.reason)" } ?? name
    }
}

/// What a corpus folder holds, as the recipe wants it.
struct CorpusContents {
    /// In byte order of (speaker, session, id).
    var utterances: [SourceUtterance] = []
    /// The speakers of these utterances, by id.
    var speakers: [String: Speaker] = [:]
    /// What a user should know though nothing is wrong.
    var warnings: [String] = []
    /// The folder of the corpus; of one that is a list, the folder of the list.
    var root = ""
    /// Ids and paths of what the corpus has and the recipe does not take.
    var unselected: [String] = []
}
