internal import Foundation

/// The discrete cosine transform (type II) that makes cepstra of log energies, with the lifter in its rows.
package struct CosineTransform {
    package enum Norm: String, Codable, Sendable, CaseIterable {
        /// Orthonormal: row 0 times √(1/N), the others times √(2/N).
        case ortho
        /// Every row times 2, as SciPy's without norm.
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
        let count = Double(inputCount)
        var weights: [Float] = []
        for input in 0..<inputCount {
            for output in 0..<outputCount {
                let angle = Double.pi / count * (Double(input) + 0.5) * Double(output)
                let norm: Double
                switch parameters.transformNorm {
                case .ortho: norm = (output == 0 ? 1 / count : 2 / count).squareRoot()
                case .none: norm = 2
                }
                weights.append(Float(cos(angle) * norm * CosineTransform.lift(output, parameters)))
            }
        }
        self.weights = weights
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
