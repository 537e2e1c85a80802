internal import Foundation

/// The discrete cosine transform that makes cepstra of log energies, with the lifter in its rows.
///
/// Types I, II and III with the norms of SciPy's `dct` (which librosa's `mfcc` calls); toolkits mean type II.
package struct CosineTransform {
    package enum Norm: String, Codable, Sendable, CaseIterable {
        /// Orthonormal; of type II row 0 times √(1/N), the others times √(2/N).
        case ortho
        /// As SciPy's without norm: every row of type II times 2.
        case none
    }

    package enum LifterForm: String, Codable, Sendable, CaseIterable {
        /// 1 + L/2 sin(π k/L) for coefficient k: Kaldi, HTK, python_speech_features.
        case kaldi
        /// 1 + L/2 sin(π (k + 1)/L): librosa.
        case librosa
    }

    private let inputCount: Int
    private let outputCount: Int
    /// [inputs × outputs], so that the outputs of an input stand side by side.
    private let weights: [Float]

    init(_ parameters: MFCCParameters) {
        inputCount = parameters.fbank.melCount
        outputCount = parameters.coefficientCount
        var weights: [Float] = []
        for input in 0..<inputCount {
            for output in 0..<outputCount {
                let weight = CosineTransform.weight(output, input, parameters)
                weights.append(Float(weight * CosineTransform.lift(output, parameters)))
            }
        }
        self.weights = weights
    }

    private static func weight(_ output: Int, _ input: Int, _ parameters: MFCCParameters) -> Double {
        let count = parameters.fbank.melCount
        let isOrtho = parameters.transformNorm == .ortho
        switch parameters.transformType {
        case 1: return typeI(Double(output), input, count, isOrtho)
        case 3: return typeIII(Double(output), input, count, isOrtho)
        default: return typeII(output, Double(input), Double(count), isOrtho)
        }
    }

    /// x₀ + (−1)ᵏ x₍N−1₎ + 2 Σ xₙ cos(π k n/(N − 1)).
    private static func typeI(_ output: Double, _ input: Int, _ count: Int, _ isOrtho: Bool) -> Double {
        let last = Double(count - 1)
        let cosine = cos(.pi / last * output * Double(input))
        func isEnd(_ index: Double) -> Bool { index == 0 || index == last }
        guard isOrtho else { return isEnd(Double(input)) ? cosine : 2 * cosine }
        let ends = (isEnd(output) ? 0.5 : 1) * (isEnd(Double(input)) ? 0.5 : 1)
        return cosine * (2 / last * ends).squareRoot()
    }

    /// 2 Σ xₙ cos(π k (n + ½)/N).
    private static func typeII(
        _ output: Int, _ input: Double, _ count: Double, _ isOrtho: Bool
    ) -> Double {
        let angle = Double.pi / count * (input + 0.5) * Double(output)
        let norm = isOrtho ? (output == 0 ? 1 / count : 2 / count).squareRoot() : 2
        return cos(angle) * norm
    }

    /// x₀ + 2 Σ xₙ cos(π (k + ½) n/N).
    private static func typeIII(_ output: Double, _ input: Int, _ count: Int, _ isOrtho: Bool) -> Double {
        let cosine = cos(.pi / Double(count) * (output + 0.5) * Double(input))
        guard isOrtho else { return input == 0 ? cosine : 2 * cosine }
        return cosine * ((input == 0 ? 1 : 2) / Double(count)).squareRoot()
    }

    private static func lift(_ coefficient: Int, _ parameters: MFCCParameters) -> Double {
        guard parameters.lifter > 0 else { return 1 }
        let place = Double(parameters.lifterForm == .kaldi ? coefficient : coefficient + 1)
        return 1 + parameters.lifter / 2 * sin(.pi * place / parameters.lifter)
    }

    /// Transforms the row of energies that starts at `from` into the one that starts at `to`.
    func apply(_ energies: Span<Float>, from: Int, to: Int, _ output: inout MutableSpan<Float>) {
        for index in 0..<outputCount { output[to + index] = 0 }
        for input in 0..<inputCount {
            let energy = energies[from + input]
            let row = input * outputCount
            for index in 0..<outputCount { output[to + index] += energy * weights[row + index] }
        }
    }
}
