import Corpus
import Features

@testable import Stages

/// The rules of frames, cuts and tails once more, written one sample and one frame at a time.
struct NaiveFrames {
    let rules: FrameParameters

    /// The usable samples of a waveform of `count`: those trimmed off are none, nor is any of too short a one.
    func usable(_ count: Int) -> [Int] {
        if count < rules.minimum { return [] }
        return (0..<count).filter { $0 >= rules.trim && $0 < count - rules.trim }
    }

    /// Where the frames of `count` samples start, as the edge rule counts them.
    func frameStarts(_ count: Int) -> [Int] {
        var starts: [Int] = []
        guard count > 0 else { return [] }
        for number in 0... {
            let start = number * rules.hop
            let isFrame =
                switch rules.edges {
                case .snip: start + rules.window <= count
                // There is another frame as long as the last one left samples out.
                case .pad: number == 0 || start - rules.hop + rules.window < count
                case .centerZero, .centerReflect: start <= count
                case .mirror: start + rules.hop - rules.hop / 2 <= count
                }
            if !isFrame { break }
            starts.append(start)
        }
        return starts
    }

    /// The examples of `count` samples: for each where it starts and how many real samples it has.
    func cuts(_ count: Int) -> [Cut] {
        let samples = usable(count)
        guard let first = samples.first, let last = samples.last else { return [] }
        if let group = rules.group { return groups(of: group, samples, first: first) }
        guard let length = rules.length, let every = rules.every else {
            return frameStarts(samples.count).isEmpty ? [] : [Cut(start: first, length: samples.count)]
        }
        var cuts: [Cut] = []
        var start = first
        while start <= last {
            let isWhole = start + length - 1 <= (rules.limit == .inclusive ? last : last - 1)
            if isWhole {
                cuts.append(Cut(start: start, length: length))
            } else {
                let heard = cuts.last.map { $0.start + $0.length - 1 } ?? -1
                if rules.tail != .drop && heard < last {
                    cuts.append(
                        Cut(start: start, length: samples.count { $0 >= start && $0 < start + length }))
                }
                break
            }
            start += every
        }
        return cuts
    }

    private func groups(of group: Int, _ samples: [Int], first: Int) -> [Cut] {
        let starts = frameStarts(samples.count)
        var cuts: [Cut] = []
        for number in stride(from: 0, to: starts.count, by: group) {
            if number + group > starts.count && rules.tail == .drop { break }
            let start = first + starts[number]
            let end = start + (group - 1) * rules.hop + rules.window
            cuts.append(Cut(start: start, length: samples.count { $0 >= start && $0 < end }))
        }
        return cuts
    }

    /// The usable part of a waveform, completed to `count` samples as the tail rule says, sample by sample.
    func completed(_ waveform: [Float], to count: Int) -> [Float] {
        let source = usable(waveform.count).map { waveform[$0] }
        guard !source.isEmpty else { return [] }
        var result: [Float] = []
        var (place, step) = (0, 1)
        while result.count < count {
            switch rules.tail {
            case .drop, .zero: result.append(result.count < source.count ? source[result.count] : 0)
            case .repeat: result.append(source[result.count % source.count])
            case .reflect:
                result.append(source[place])
                if source.count > 1 {
                    if place + step < 0 || place + step >= source.count { step = -step }
                    place += step
                }
            }
        }
        return result
    }

    /// The samples of a cut of a waveform, completed to `length`.
    func samples(_ cut: Cut, of waveform: [Float], length: Int) -> [Float] {
        let start = cut.start - rules.trim
        return Array(completed(waveform, to: start + length)[start..<(start + length)])
    }
}

extension FrameParameters {
    static func make(
        window: Int = 1, hop: Int = 1, edges: FrameEdges = .snip, group: Int? = nil, length: Int? = nil,
        every: Int? = nil, trim: Int = 0, minimum: Int = 0, tail: Tail = .drop, limit: Limit = .inclusive
    ) -> FrameParameters {
        FrameParameters(
            window: window, hop: hop, edges: edges, group: group, length: length, every: every ?? length,
            trim: trim,
            minimum: minimum, tail: tail, limit: limit)
    }
}

extension FeatureParameters {
    static func raw(_ normalize: Normalize = .none, rms: Double? = nil) -> FeatureParameters {
        FeatureParameters(
            kind: .raw, dialect: nil, dtype: .float32, normalize: normalize, rms: rms, fbank: nil)
    }

    /// Four filters over frames of `window` samples at 1 600 Hz.
    static func small(_ frame: FrameParameters, _ normalize: Normalize = .none, psf: Bool = false)
        -> FeatureParameters
    {
        var fbank = FbankParameters.kaldi(
            sampleRate: 1_600, windowSampleCount: frame.window, hopSampleCount: frame.hop, melCount: 4)
        fbank.fftSize = 64
        if psf {
            fbank = .psf(
                sampleRate: 1_600, windowSampleCount: frame.window, hopSampleCount: frame.hop, melCount: 4,
                fftSize: 64)
        }
        fbank.edges = frame.edges
        return FeatureParameters(
            kind: .fbank, dialect: .kaldi, dtype: .float32, normalize: normalize, rms: nil, fbank: fbank)
    }
}

/// What becomes of one waveform.
struct ExtractedWaveform {
    let cuts: [Cut]
    let values: [Float]
    let frameEnds: [Int64]

    init(_ waveform: [Float], _ frame: FrameParameters, _ features: FeatureParameters) throws(FeatureError) {
        let ranges = ExampleCutter(parameters: frame).ranges(waveform.count, speech: nil)
        cuts = ranges.cuts
        var rows = FeatureRows()
        // What a buffer holds beyond the waveform is left from longer ones and must not be heard.
        let buffer = waveform + [Float](repeating: 1e6, count: 50)
        try ExampleExtractor(frame: frame, features: features).extract(
            buffer, count: waveform.count, ranges: ranges, into: &rows)
        values = Array(rows.values.prefix(rows.count))
        frameEnds = rows.frameEnds
    }

    static func noise(_ count: Int) -> [Float] {
        let random = KeyedRandom(seed: 5, domain: "frames")
        return (0..<count).map { Float(random.unit(UInt64($0)) - 0.5) }
    }
}
