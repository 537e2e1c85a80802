internal import CTorch

/// What can go wrong with libtorch and the files of weights; each message is one sentence.
package enum TorchError: Error, Sendable, Equatable {
    /// This build has no libtorch.
    case missing
    /// libtorch refused an operation, in its words.
    case refused(String)
    /// What is asked for is not there: a device, a file.
    case unavailable(String)
    /// What is asked for has no meaning anywhere.
    case unknown(String)
    /// A file of weights is not what it should be.
    case damaged(String)

    package var message: String {
        switch self {
        case .missing:
            "built without libtorch; install it by scripts/setup --with-torch and build with: swift build --traits Torch"
        case .refused(let text), .unavailable(let text), .unknown(let text), .damaged(let text): text
        }
    }

    /// The failure of the C function that has just returned. `action` is what was tried: "conv2d".
    static func last(_ action: String) -> TorchError {
        guard LibTorch.isAvailable else { return .missing }
        let lines = unsafe String(cString: ct_last_error()).split(separator: "\n")
        return .refused("libtorch refuses \(action): " + lines.joined(separator: " "))
    }
}

extension TorchError: CustomStringConvertible {
    package var description: String { message }
}
