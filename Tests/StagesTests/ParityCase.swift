import Features
import Foundation
import TestSupport
import Testing

@testable import Stages

/// A matrix of another toolkit, and the recipe that asks for it.
struct ParityCase: CustomTestStringConvertible {
    /// What a difference of two values is told in.
    enum Unit {
        /// Natural logarithms, and cepstra of them.
        case logarithms
        /// Decibels, and cepstra of them: 10 / ln 10 for each unit of a natural logarithm of power.
        case decibels
        /// Linear values, whose relative difference is what their logarithms differ by.
        case linear
    }

    let name: String
    let features: String
    let unit: Unit
    let frame: String

    init(_ name: String, _ features: String, _ unit: Unit, frame: String = "length: 1s") {
        self.name = name
        self.features = features
        self.unit = unit
        self.frame = frame
    }

    var testDescription: String { name }

    /// What the recipe makes of the words of its section `features`.
    func parameters() throws -> MatrixParameters {
        let recipe = try RecipeFixture.read(
            """
            name: parity
            corpora: {librispeech: {path: /data/LibriSpeech}}
            resample: {rate: 16kHz}
            pairs: {count: 10}
            frame: {\(frame)}
            features: {\(features)}
            """)
        guard let matrix = recipe.features.matrix else { throw Failure.noMatrix }
        return matrix
    }

    enum Failure: Error { case noMatrix }

    /// All frames of a waveform.
    func matrix(of waveform: [Float]) throws -> [Float] {
        var extractor = try MatrixExtractor(try parameters())
        let frames = extractor.frameCount(sampleCount: waveform.count)
        var output = [Float](repeating: -1, count: frames * extractor.coefficientCount)
        var span = output.mutableSpan
        extractor.extract(waveform.span, firstFrame: 0, frameCount: frames, into: &span)
        return output
    }

    /// How far the whole of a waveform's matrix is from the toolkit's, in units of a natural logarithm.
    func difference(_ waveform: [Float], _ expected: [Double]) throws -> (largest: Double, mean: Double) {
        let gains = Self.gains(try parameters())
        let output = try matrix(of: waveform)
        guard output.count == expected.count else { return (.infinity, .infinity) }
        var (largest, sum) = (0.0, 0.0)
        for (index, (actual, wanted)) in zip(output, expected).enumerated() {
            let distance = distance(Double(actual), wanted) / gains[index % gains.count]
            largest = distance.isNaN ? .infinity : max(largest, distance)
            sum += distance
        }
        return (largest, sum / Double(expected.count))
    }

    /// By how much each column is louder than the logarithms it is made of: a cepstral coefficient is a sum of them with
    /// weights whose squares add up to this one's square, 1 for an orthonormal transform without lifter.
    private static func gains(_ parameters: MatrixParameters) -> [Double] {
        guard case .mfcc(let cepstra) = parameters else { return [1] }
        let gains = (0..<cepstra.coefficientCount).map { coefficient in
            if coefficient == 0 && cepstra.energy != nil { return 1.0 }
            var gain = 1.0
            if cepstra.lifter > 0 {
                let place = Double(coefficient + (cepstra.lifterForm == .librosa ? 1 : 0))
                gain += cepstra.lifter / 2 * sin(.pi * place / cepstra.lifter)
            }
            let mels = Double(cepstra.fbank.melCount)
            if cepstra.transformNorm == .none {
                gain *= 2 * (coefficient == 0 ? mels : mels / 2).squareRoot()
            }
            return abs(gain)
        }
        return (0...cepstra.deltas).flatMap { _ in gains }
    }

    private func distance(_ actual: Double, _ wanted: Double) -> Double {
        switch unit {
        case .logarithms: abs(actual - wanted)
        case .decibels: abs(actual - wanted) * log(10.0) / 10
        case .linear: abs(actual - wanted) / max(abs(wanted), .leastNormalMagnitude)
        }
    }
}
