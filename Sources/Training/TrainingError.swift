package import ContentStore
package import Torch

/// What can go wrong while a network is trained or used; each message is one sentence.
package enum TrainingError: Error, Sendable {
    case torch(TorchError)
    case store(StoreError)
    /// What was asked for does not fit together: a network and its data, a checkpoint and a run.
    case unusable(String)
    /// The loss is no number any more.
    case diverged(String)

    package var message: String {
        switch self {
        case .torch(let error): error.message
        case .store(let error): error.message
        case .unusable(let text), .diverged(let text): text
        }
    }

    /// The result of `body`, whose error becomes one of training.
    package static func wrapping<Result>(
        _ body: () throws(TorchError) -> Result
    ) throws(TrainingError) -> Result {
        do { return try body() } catch { throw .torch(error) }
    }
}

extension TrainingError: CustomStringConvertible {
    package var description: String { message }
}
