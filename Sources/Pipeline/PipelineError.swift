package import ContentStore
package import Manifest

/// What can end a run; each message says what, where, why and what to do.
package enum PipelineError: Error, Sendable {
    /// A task ran again and gave other bytes than are recorded.
    case irreproducible(String)
    case store(StoreError)
    case manifest(ManifestError)
    /// A worker could not go on: the world refused.
    case worker(String)

    package var message: String {
        switch self {
        case .irreproducible(let text), .worker(let text): text
        case .store(let error): error.message
        case .manifest(let error): error.message
        }
    }

    static func irreproducible(
        stage: StageIdentity, subject: String, recorded: Digest, now: Digest
    ) -> PipelineError {
        let libraries = stage.libraries.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return .irreproducible(
            "\(stage.name) of \(subject) is not reproducible: recorded as \(recorded), now \(now) (revision "
                + "\(stage.revision)\(libraries.isEmpty ? "" : ", " + libraries.joined(separator: ", "))); if its "
                + "sources were changed in place or the CPU or memory is faulty, run 'twinset verify --repair'"
        )
    }
}

extension PipelineError: CustomStringConvertible {
    package var description: String { message }
}
