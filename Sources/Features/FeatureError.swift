/// Why features cannot be computed as asked; each message is one sentence saying what is wrong and what to do.
package enum FeatureError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A parameter, or a combination of parameters, that has no meaning; `parameter` names it.
    case invalidParameter(parameter: String, reason: String)
    /// A parameter that is meaningful but not built.
    case unsupported(parameter: String, advice: String)
    /// The operating system refused memory for a worker's tables and scratch.
    case outOfMemory(fftSize: Int)
    /// FFTW made no plan.
    case noPlan(fftSize: Int)
    /// A network's weights that are not what its definition needs.
    case weights(String)

    package var description: String {
        switch self {
        case .invalidParameter(let parameter, let reason): "features: \(parameter) \(reason)."
        case .unsupported(let parameter, let advice): "features: \(parameter) is not supported; \(advice)."
        case .outOfMemory(let fftSize):
            "features: no memory for an FFT of \(fftSize) points; run fewer jobs or choose a smaller FFT."
        case .noPlan(let fftSize):
            "features: FFTW made no plan for \(fftSize) points; choose a power of two from 64 to 4096."
        case .weights(let message): "features: \(message)."
        }
    }
}
