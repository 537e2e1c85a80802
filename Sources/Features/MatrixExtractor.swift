/// Waveform → matrix of any kind, for one worker. Tables and plans are made once; a matrix larger than any before grows
/// the scratch, and nothing else allocates.
package struct MatrixExtractor: ~Copyable {
    package let parameters: MatrixParameters
    private var base: FbankExtractor
    private let baseParameters: FbankParameters
    /// In place of `base` where there are no filters.
    private let bins: BinExtractor?
    private let transform: CosineTransform?
    private let deltas: Deltas?
    private var energy: FrameEnergy?
    private var scratch: [Float] = []

    /// - Parameters:
    ///   - normalizesEachFrame: also normalizes each frame; only where `fusesNormalization` says so.
    ///   - level: the vector instructions to use; one that the CPU has.
    /// - Throws: `FeatureError` as `MatrixParameters.validated()`, or if memory or a plan is refused.
    package init(
        _ parameters: MatrixParameters, normalizesEachFrame: Bool = false, level: CPULevel = .best
    ) throws(FeatureError) {
        try parameters.validated()
        let base = parameters.base
        let bins = base.filterShape == .bins ? try BinExtractor(base, level: level) : nil
        let extractor = try FbankExtractor(base, normalizesEachFrame: normalizesEachFrame, level: level)
        self.parameters = parameters
        baseParameters = base
        self.base = extractor
        self.bins = bins
        energy = parameters.energy.map { FrameEnergy(base, rule: $0) }
        transform = parameters.cepstra.map { CosineTransform($0) }
        deltas = parameters.cepstra.flatMap {
            $0.deltas > 0
                ? Deltas(order: $0.deltas, window: $0.deltaWindow, form: $0.deltaForm ?? .kaldi) : nil
        }
    }

    /// Whether frames can be normalized as they are computed: where nothing follows the filter bank.
    package static func fusesNormalization(_ parameters: MatrixParameters) -> Bool {
        guard case .fbank(let fbank) = parameters else { return false }
        return !fbank.energy && fbank.decibels == nil
    }

    /// Values per frame.
    package var coefficientCount: Int { parameters.width }

    /// Frames of a waveform of so many samples.
    package func frameCount(sampleCount: Int) -> Int { base.frameCount(sampleCount: sampleCount) }

    /// Computes frames firstFrame..<firstFrame + frameCount of the waveform (samples −1…1) into `output`, row-major
    /// [frameCount × coefficientCount]. What looks across frames (derivatives, the range below the largest level)
    /// looks at these.
    package mutating func extract(
        _ waveform: Span<Float>, firstFrame: Int, frameCount: Int, into output: inout MutableSpan<Float>
    ) {
        let width = coefficientCount
        precondition(
            output.count == frameCount * width,
            "extract: output of \(output.count) for \(frameCount) × \(width)")
        let baseWidth = baseParameters.melCount
        let isDirect = transform == nil && width == baseWidth
        if isDirect {
            if let bins {
                bins.extract(waveform, firstFrame: firstFrame, frameCount: frameCount, into: &output)
            } else {
                base.extract(waveform, firstFrame: firstFrame, frameCount: frameCount, into: &output)
            }
            MatrixExtractor.level(&output, baseParameters)
        } else {
            let count = frameCount * baseWidth
            // Taken out while the filter bank, a part of the same value, writes to it.
            var rows: [Float] = []
            swap(&rows, &scratch)
            if rows.count < count { rows += [Float](repeating: 0, count: count - rows.count) }
            extractBase(waveform, firstFrame, frameCount, into: &rows, count: count)
            swap(&rows, &scratch)
        }
        if !isDirect { spread(frameCount, baseWidth, &output) }
        addEnergy(waveform, firstFrame, frameCount, &output)
        if let cepstra = parameters.cepstra {
            deltas?.apply(&output, frames: frameCount, count: cepstra.coefficientCount, width: width)
        }
    }

    private mutating func extractBase(
        _ waveform: Span<Float>, _ firstFrame: Int, _ frameCount: Int, into rows: inout [Float], count: Int
    ) {
        var whole = rows.mutableSpan
        var part = whole._mutatingExtracting(0..<count)
        base.extract(waveform, firstFrame: firstFrame, frameCount: frameCount, into: &part)
        MatrixExtractor.level(&part, baseParameters)
    }

    /// Natural logarithms become decibels where they are asked for.
    private static func level(_ rows: inout MutableSpan<Float>, _ base: FbankParameters) {
        base.decibels?.apply(&rows, spectrum: base.spectrum ?? .power, floor: base.logFloor)
    }

    /// The rows of the scratch in their places: transformed, or behind the energy's.
    private func spread(_ frames: Int, _ baseWidth: Int, _ output: inout MutableSpan<Float>) {
        let width = coefficientCount
        let rows = scratch.span
        for frame in 0..<frames {
            if let transform {
                transform.apply(rows, from: frame * baseWidth, to: frame * width, &output)
                continue
            }
            let shift = width - baseWidth
            for index in 0..<baseWidth {
                output[frame * width + shift + index] = rows[frame * baseWidth + index]
            }
        }
    }

    private mutating func addEnergy(
        _ waveform: Span<Float>, _ firstFrame: Int, _ frames: Int, _ output: inout MutableSpan<Float>
    ) {
        guard parameters.energy != nil else { return }
        let width = coefficientCount
        for frame in 0..<frames {
            output[frame * width] = energy?.value(waveform, frame: firstFrame + frame) ?? 0
        }
    }
}

/// The versions of the C libraries that shape the bytes of these features, for a task key.
package func libraryVersions(for parameters: MatrixParameters) -> [String: String] {
    libraryVersions(for: parameters.base)
}
