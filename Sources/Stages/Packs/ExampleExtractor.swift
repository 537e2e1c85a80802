import Features

/// Makes the examples of waveforms, for one worker.
final class ExampleExtractor {
    private let frame: FrameParameters
    private let features: FeatureParameters
    private let cutter: ExampleCutter
    private var matrices: MatrixExtractor?
    private var sliding: SlidingNormalizer?
    private let pictures: PictureMaker?
    /// Matrices on their way to pictures.
    private var drawn = FeatureRows()
    private var filled: [Float] = []
    private var leveled: [Float] = []

    init(frame: FrameParameters, features: FeatureParameters) throws(FeatureError) {
        self.frame = frame
        self.features = features
        cutter = ExampleCutter(parameters: frame)
        sliding = features.sliding.map { SlidingNormalizer($0) }
        pictures = features.picture.flatMap { picture in
            features.matrix.map { PictureMaker(picture, bins: $0.width, sampleRate: $0.sampleRate) }
        }
        if let parameters = features.matrix {
            let fuses = features.normalize == .frame && MatrixExtractor.fusesNormalization(parameters)
            matrices = try MatrixExtractor(parameters, normalizesEachFrame: fuses)
        }
    }

    /// Appends the examples `cuts` of a waveform of `count` samples to `rows`, normalized over the utterance where
    /// the recipe says so: over all its examples together.
    func extract(_ waveform: [Float], count: Int, cuts: [Cut], into rows: inout FeatureRows) {
        guard !cuts.isEmpty else { return }
        let heard = level(waveform, count: count)
        guard let pictures else {
            let first = rows.count
            extractMatrices(heard, count: count, cuts: cuts, into: &rows)
            normalize(first..<rows.count, exampleCount: cuts.count, &rows)
            return
        }
        drawn.removeAll()
        extractMatrices(heard, count: count, cuts: cuts, into: &drawn)
        normalize(0..<drawn.count, exampleCount: cuts.count, &drawn)
        draw(pictures, exampleCount: cuts.count, into: &rows)
    }

    /// The waveform as loud as the recipe wants it.
    private func level(_ waveform: [Float], count: Int) -> [Float] {
        guard features.level == .peak else { return waveform }
        var peak: Float = 0
        for index in 0..<count { peak = max(peak, abs(waveform[index])) }
        guard peak > 0 else { return waveform }
        leveled.removeAll(keepingCapacity: true)
        for index in 0..<count { leveled.append(waveform[index] / peak) }
        return leveled
    }

    private func extractMatrices(
        _ waveform: [Float], count: Int, cuts: [Cut], into rows: inout FeatureRows
    ) {
        if frame.group != nil {
            extractGroups(waveform, count: count, cuts: cuts, into: &rows)
        } else {
            extractCuts(waveform, count: count, cuts: cuts, into: &rows)
        }
    }

    private func normalize(_ range: Range<Int>, exampleCount: Int, _ rows: inout FeatureRows) {
        let width = features.width
        rows.write(range) { output in
            switch features.normalize {
            case .utterance: normalizeUtterance(&output)
            case .bin: normalizeEachBin(&output, columnCount: width)
            case .frame where !isFused: normalizeEachFrame(&output, columnCount: width)
            case .maximum: normalizeMaximumOfEachFrame(&output, columnCount: width)
            case .frameRange: normalizeRangeOfEachFrame(&output, columnCount: width)
            case .sliding: sliding?.normalize(&output, columnCount: width)
            case .range: eachExample(exampleCount, &output) { normalizeRange(&$0) }
            case .none, .frame, .dataset, .rms: break
            }
        }
    }

    private var isFused: Bool { features.matrix.map { MatrixExtractor.fusesNormalization($0) } ?? true }

    /// Calls `body` for each example of an utterance's, which are equally long where there are several.
    private func eachExample(
        _ count: Int, _ values: inout MutableSpan<Float>, _ body: (inout MutableSpan<Float>) -> Void
    ) {
        let size = values.count / count
        for number in 0..<count {
            var example = values._mutatingExtracting(number * size..<(number + 1) * size)
            body(&example)
        }
    }

    private func draw(_ pictures: PictureMaker, exampleCount: Int, into rows: inout FeatureRows) {
        let size = drawn.count / exampleCount
        for number in 0..<exampleCount {
            let values = drawn.values
            let range = rows.grow(by: pictures.pixelCount)
            rows.write(range) { picture in
                pictures.draw(values.span.extracting(number * size..<(number + 1) * size), into: &picture)
            }
        }
    }

    /// Each cut for itself.
    private func extractCuts(_ waveform: [Float], count: Int, cuts: [Cut], into rows: inout FeatureRows) {
        let source = cutter.usable(count)
        for cut in cuts {
            let length = frame.length ?? cut.length
            let range = cut.start..<(cut.start + cut.length)
            if cut.length == length {
                extractOne(waveform.span.extracting(range), into: &rows)
            } else {
                TailFill.fill(
                    waveform.span, range, source: source, to: length, tail: frame.tail, into: &filled)
                let samples = filled
                extractOne(samples.span, into: &rows)
            }
        }
    }

    /// All groups of an utterance at once: its frames are those of the whole utterance.
    private func extractGroups(_ waveform: [Float], count: Int, cuts: [Cut], into rows: inout FeatureRows) {
        let source = cutter.usable(count)
        let frames = cuts.count * (frame.group ?? 1)
        if cutter.frames(in: source) >= frames {
            extractFrames(waveform.span.extracting(source), frames: frames, into: &rows)
        } else {
            let needed = frames * frame.hop + frame.window
            TailFill.fill(waveform.span, source, source: source, to: needed, tail: frame.tail, into: &filled)
            let samples = filled
            extractFrames(samples.span, frames: frames, into: &rows)
        }
    }

    private func extractOne(_ samples: Span<Float>, into rows: inout FeatureRows) {
        guard features.kind == .raw else {
            extractFrames(samples, frames: cutter.frames(in: 0..<samples.count), into: &rows)
            return
        }
        let range = rows.grow(by: samples.count)
        rows.write(range) { output in
            for index in 0..<samples.count { output[index] = samples[index] }
            if features.normalize == .rms { whiten(&output, targetRMS: features.rms ?? voicemapRMS) }
        }
        rows.endExample(width: 1)
    }

    private func extractFrames(_ samples: Span<Float>, frames: Int, into rows: inout FeatureRows) {
        let width = features.width
        let range = rows.grow(by: frames * width)
        rows.write(range) { output in
            matrices?.extract(samples, firstFrame: 0, frameCount: frames, into: &output)
        }
        rows.endExample(width: width)
    }
}
