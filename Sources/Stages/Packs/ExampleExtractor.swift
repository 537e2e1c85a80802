import Features

/// Makes the examples of waveforms, for one worker.
final class ExampleExtractor {
    private let frame: FrameParameters
    private let features: FeatureParameters
    private let cutter: ExampleCutter
    private var matrices: MatrixExtractor?
    private var sliding: SlidingNormalizer?
    private let pictures: PictureMaker?
    private var embedder: VGGishEmbedder?
    /// Matrices on their way to pictures.
    private var drawn = FeatureRows()
    private var filled: [Float] = []
    private var leveled: [Float] = []

    /// - Parameter network: what makes embeddings of examples, for recipes that ask for them.
    init(
        frame: FrameParameters, features: FeatureParameters, network: VGGishNetwork? = nil
    ) throws(FeatureError) {
        embedder = network.map { VGGishEmbedder($0) }
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
    func extract(_ waveform: [Float], count: Int, ranges: ExampleRanges, into rows: inout FeatureRows) {
        let cuts = ranges.cuts
        guard !cuts.isEmpty else { return }
        let heard = level(waveform, count: count)
        guard pictures != nil || embedder != nil else {
            let first = rows.count
            extractMatrices(heard, ranges, into: &rows)
            normalize(first..<rows.count, exampleCount: cuts.count, &rows)
            return
        }
        drawn.removeAll()
        extractMatrices(heard, ranges, into: &drawn)
        normalize(0..<drawn.count, exampleCount: cuts.count, &drawn)
        if let pictures { draw(pictures, exampleCount: cuts.count, into: &rows) }
        if embedder != nil { embed(exampleCount: cuts.count, into: &rows) }
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

    private func extractMatrices(_ waveform: [Float], _ ranges: ExampleRanges, into rows: inout FeatureRows) {
        guard let group = frame.group else { return extractCuts(waveform, ranges, into: &rows) }
        let firsts = ranges.cuts.map { ($0.start - ranges.usable.lowerBound) / frame.hop }
        // An example's own largest level is its reference, not that of the groups beside it.
        let isWhole =
            features.matrix?.looksAtLargest != true && firsts.enumerated().allSatisfy { $1 == $0 * group }
        extractGroups(
            waveform, ranges.usable, firsts: isWhole ? [0] : firsts,
            frames: isWhole ? firsts.count * group : group, into: &rows)
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

    private func embed(exampleCount: Int, into rows: inout FeatureRows) {
        let patches = drawn.values
        let count = drawn.count
        let range = rows.grow(by: exampleCount * (features.embedding?.count ?? 0))
        rows.write(range) { output in
            embedder?.embed(patches.span.extracting(0..<count), into: &output)
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
    private func extractCuts(_ waveform: [Float], _ ranges: ExampleRanges, into rows: inout FeatureRows) {
        for cut in ranges.cuts {
            let length = frame.length ?? cut.length
            let range = cut.start..<(cut.start + cut.length)
            if cut.length == length {
                extractOne(waveform.span.extracting(range), into: &rows)
            } else {
                TailFill.fill(
                    waveform.span, range, source: ranges.usable, to: length, tail: frame.tail, into: &filled)
                let samples = filled
                extractOne(samples.span, into: &rows)
            }
        }
    }

    /// Runs of `frames` frames of the whole utterance, from the frames `firsts` on: all groups at once, or one by one where
    /// some between them are left out.
    private func extractGroups(
        _ waveform: [Float], _ source: Range<Int>, firsts: [Int], frames: Int, into rows: inout FeatureRows
    ) {
        let needed = (firsts.last ?? 0) + frames
        if cutter.frames(in: source) >= needed {
            for first in firsts {
                extractFrames(waveform.span.extracting(source), first: first, frames: frames, into: &rows)
            }
            return
        }
        TailFill.fill(
            waveform.span, source, source: source, to: needed * frame.hop + frame.window, tail: frame.tail,
            into: &filled)
        let samples = filled
        for first in firsts { extractFrames(samples.span, first: first, frames: frames, into: &rows) }
    }

    private func extractOne(_ samples: Span<Float>, into rows: inout FeatureRows) {
        guard features.kind == .raw else {
            extractFrames(samples, first: 0, frames: cutter.frames(in: 0..<samples.count), into: &rows)
            return
        }
        let range = rows.grow(by: samples.count)
        rows.write(range) { output in
            for index in 0..<samples.count { output[index] = samples[index] }
            if features.normalize == .rms { whiten(&output, targetRMS: features.rms ?? voicemapRMS) }
        }
        rows.endExample(width: 1)
    }

    private func extractFrames(
        _ samples: Span<Float>, first: Int, frames: Int, into rows: inout FeatureRows
    ) {
        let width = features.width
        let range = rows.grow(by: frames * width)
        rows.write(range) { output in
            matrices?.extract(samples, firstFrame: first, frameCount: frames, into: &output)
        }
        rows.endExample(width: width)
    }
}
