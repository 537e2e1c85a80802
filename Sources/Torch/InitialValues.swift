internal import Corpus
internal import Foundation

/// What a tensor holds before the first step.
///
/// Random values are a function of the seed, the tensor's name and the element's number: never of the order in which
/// layers are made, of libtorch's version or of the device.
package enum InitialValues: Sendable, Hashable {
    case constant(Float)
    /// Uniform in −bound…bound.
    case uniform(bound: Double)
    /// Normal with mean 0.
    case normal(deviation: Double)

    /// `count` values of the tensor `name`.
    func values(count: Int, name: String, seed: UInt64) -> [Float] {
        switch self {
        case .constant(let value): return [Float](repeating: value, count: count)
        case .uniform(let bound):
            let key = KeyedRandom(seed: seed, domain: "weights").bits(name)
            return (0..<count).map { Float((2 * InitialValues.unit(key, UInt64($0)) - 1) * bound) }
        case .normal(let deviation):
            let key = KeyedRandom(seed: seed, domain: "weights").bits(name)
            return (0..<count).map { Float(InitialValues.normal(key, UInt64($0)) * deviation) }
        }
    }

    /// Uniform in [0, 1).
    private static func unit(_ key: UInt64, _ counter: UInt64) -> Double {
        Double(scramble(key ^ scramble(counter)) >> 11) * 0x1p-53
    }

    /// G. Box, M. Muller, "A note on the generation of random normal deviates", 1958; the cosine half of it.
    private static func normal(_ key: UInt64, _ counter: UInt64) -> Double {
        let radius = (-2 * log(1 - unit(key, 2 * counter))).squareRoot()
        return radius * cos(2 * Double.pi * unit(key, 2 * counter + 1))
    }
}

/// The rule by which a layer's weights and bias begin.
package enum Initialization: Sendable, Hashable {
    /// PyTorch's: weights and bias uniform within 1/√fanIn.
    case fanIn
    /// Keras's: weights uniform within √(6/(fanIn + fanOut)) (Glorot and Bengio 2010), no bias.
    case glorot
    /// Weights normal with variance 2/fanOut (He et al. 2015), bias as `fanIn`.
    case heFanOut

    func weight(fanIn: Int, fanOut: Int) -> InitialValues {
        switch self {
        case .fanIn: .uniform(bound: 1 / Double(fanIn).squareRoot())
        case .glorot: .uniform(bound: (6 / Double(fanIn + fanOut)).squareRoot())
        case .heFanOut: .normal(deviation: (2 / Double(fanOut)).squareRoot())
        }
    }

    func bias(fanIn: Int) -> InitialValues {
        self == .glorot ? .constant(0) : .uniform(bound: 1 / Double(fanIn).squareRoot())
    }
}
