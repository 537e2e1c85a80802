import Features

/// Makes the examples of waveforms, for one worker.
final class ExampleExtractor {
    private let frame: FrameParameters
    private let features: FeatureParameters
    private let cutter: ExampleCutter
    private var fbank: FbankExtractor?
    private var filled: [Float] = []

    init(frame: FrameParameters, features: FeatureParameters) throws(FeatureError) {
        self.frame = frame
        self.features = features
        cutter = ExampleCutter(parameters: frame)
        if let parameters = features.fbank {
            fbank = try FbankExtractor(parameters, normalizesEachFrame: features.normalize == .frame)
        }
    }

    /// Appends the examples `cuts` of a waveform of `count` samples to `rows`, normalized over the utterance where
    /// the recipe says so: over all its examples together.
    func extract(_ waveform: [Float], count: Int, cuts: [Cut], into rows: inout FeatureRows) {
        guard !cuts.isEmpty else { return }
        let first = rows.count
        if frame.group != nil {
            extractGroups(waveform, count: count, cuts: cuts, into: &rows)
        } else {
            extractCuts(waveform, count: count, cuts: cuts, into: &rows)
        }
        let width = features.width
        rows.write(first..<rows.count) { output in
            switch features.normalize {
            case .utterance: normalizeUtterance(&output)
            case .bin: normalizeEachBin(&output, columnCount: width)
            case .none, .frame, .dataset, .rms: break
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
        if features.kind == .fbank {
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
            fbank?.extract(samples, firstFrame: 0, frameCount: frames, into: &output)
        }
        rows.endExample(width: width)
    }
}
