/// Waveform → the single bins of its spectrum, for one worker; extraction allocates nothing.
///
/// In double precision up to the logarithm. Filters average the rounding of a float FFT away, about 1e-7 of a frame's
/// largest magnitude; a bin 100 dB below that would show it as a hundredth and more of its own value.
final class BinExtractor {
    private let parameters: FbankParameters
    private let level: CPULevel
    private let plan: DoubleFourierPlan
    private var frame: DoubleFrame
    private var powers: [Double]

    /// - Throws: `FeatureError` if memory or a plan is refused.
    init(_ parameters: FbankParameters, level: CPULevel) throws(FeatureError) {
        self.parameters = parameters
        self.level = level
        plan = try DoubleFourierPlan(size: parameters.fftSize)
        frame = DoubleFrame(parameters)
        powers = Array(repeating: 0, count: parameters.fftSize / 2 + 1)
    }

    /// Computes frames firstFrame..<firstFrame + frameCount of the waveform (samples −1…1) into `output`, row-major
    /// [frameCount × bins].
    func extract(
        _ waveform: Span<Float>, firstFrame: Int, frameCount: Int, into output: inout MutableSpan<Float>
    ) {
        for number in 0..<frameCount {
            frame.load(waveform, frame: firstFrame + number, to: .windowed)
            var bins = powers.mutableSpan
            plan.replaceByPower(frame.samples.span, into: &bins)
            let row = number * bins.count
            for bin in 0..<bins.count { output[row + bin] = value(bins[bin]) }
        }
        if parameters.log { takeLogarithm(&output, level: level) }
    }

    /// What stands for a power, before the logarithm; NaN always as the same NaN.
    private func value(_ power: Double) -> Float {
        let value =
            (parameters.spectrum == .magnitude ? power.squareRoot() : power) * parameters.powerScale
            + (parameters.logOffset ?? 0)
        if value.isNaN { return .nan }
        switch parameters.floorRule {
        case .replaceZero where value == 0: return Float(parameters.logFloor)
        case .raise where parameters.log: return Float(max(value, parameters.logFloor))
        default: return Float(value)
        }
    }
}
