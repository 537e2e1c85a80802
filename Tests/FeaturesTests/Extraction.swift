import Foundation

@testable import Features

/// All frames of a waveform, or some of them, with the extractor made for the occasion.
func features(
    of waveform: [Float], _ parameters: FbankParameters, normalized: Bool = false, level: CPULevel = .best,
    frames: Range<Int>? = nil, transform: FourierTransform? = nil
) throws -> [Float] {
    var extractor = try FbankExtractor(
        parameters, normalizesEachFrame: normalized, level: level,
        transform: transform ?? parameters.transform)
    let frames = frames ?? 0..<extractor.frameCount(sampleCount: waveform.count)
    var output = [Float](repeating: -1, count: frames.count * extractor.coefficientCount)
    var span = output.mutableSpan
    extractor.extract(waveform.span, firstFrame: frames.lowerBound, frameCount: frames.count, into: &span)
    return output
}

/// All frames of a waveform as a matrix of any kind.
func matrix(of waveform: [Float], _ parameters: MatrixParameters, level: CPULevel = .best) throws -> [Float] {
    var extractor = try MatrixExtractor(parameters, level: level)
    let frames = extractor.frameCount(sampleCount: waveform.count)
    var output = [Float](repeating: -1, count: frames * extractor.coefficientCount)
    var span = output.mutableSpan
    extractor.extract(waveform.span, firstFrame: 0, frameCount: frames, into: &span)
    return output
}

/// The bits, so that NaN equals NaN and 0 differs from −0.
func bits(_ values: [Float]) -> [UInt32] { values.map(\.bitPattern) }

/// Largest and mean difference of two matrices, in their own unit or relative to the expected values.
struct Difference: CustomStringConvertible {
    var largest = 0.0
    var mean = 0.0

    init(_ actual: [Float], _ expected: [Double], relative: Bool = false) {
        guard actual.count == expected.count, !expected.isEmpty else {
            (largest, mean) = (.infinity, .infinity)
            return
        }
        for (a, e) in zip(actual, expected) {
            let distance = abs(Double(a) - e) / (relative ? max(abs(e), .leastNormalMagnitude) : 1)
            largest = distance.isNaN ? .infinity : max(largest, distance)
            mean += distance / Double(expected.count)
        }
    }

    /// What the project promises against another toolkit.
    var isParity: Bool { largest <= 0.01 && mean <= 1e-4 }
    var description: String { "largest \(largest), mean \(mean)" }
}
