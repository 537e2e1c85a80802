import Features
import Testing

@testable import Stages

@Suite("how examples are completed and normalized")
struct FrameTailTests {
    @Test("raw cuts hold their own samples, completed as the tail rule says, for every length")
    func rawCuts() throws {
        for tail in FrameParameters.Tail.allCases {
            for (length, every, trim) in [(10, 10, 0), (10, 4, 3), (10, 13, 0), (3, 3, 1)] {
                let rules = FrameParameters.make(length: length, every: every, trim: trim, tail: tail)
                let naive = NaiveFrames(rules: rules)
                for count in 0...45 {
                    let waveform = ExtractedWaveform.noise(count)
                    let found = try ExtractedWaveform(waveform, rules, .raw())
                    let wanted = naive.cuts(count).flatMap { naive.samples($0, of: waveform, length: length) }
                    if found.values != wanted { Issue.record("\(count) samples with \(rules)") }
                }
            }
        }
    }

    @Test("a tail shorter than its completion is repeated and reflected over and over")
    func shortSources() throws {
        let three: [Float] = [1, 2, 3]
        func values(_ tail: FrameParameters.Tail, _ waveform: [Float]) throws -> [Float] {
            try ExtractedWaveform(waveform, .make(length: 9, tail: tail), .raw()).values
        }
        #expect(try values(.drop, three) == [])
        #expect(try values(.zero, three) == [1, 2, 3, 0, 0, 0, 0, 0, 0])
        #expect(try values(.repeat, three) == [1, 2, 3, 1, 2, 3, 1, 2, 3])
        #expect(try values(.reflect, three) == [1, 2, 3, 2, 1, 2, 3, 2, 1])
        #expect(try values(.repeat, [7]) == [Float](repeating: 7, count: 9))
        #expect(try values(.reflect, [7]) == [Float](repeating: 7, count: 9))
        #expect(try values(.reflect, []) == [])
    }

    @Test("fbank of cuts is that of each cut's samples alone")
    func fbankCuts() throws {
        for tail in FrameParameters.Tail.allCases {
            for edges in [FrameEdges.snip, .centerReflect] {
                let rules = FrameParameters.make(
                    window: 40, hop: 16, edges: edges, length: 100, every: 70, trim: 5, tail: tail)
                let features = FeatureParameters.small(rules)
                let naive = NaiveFrames(rules: rules)
                for count in stride(from: 0, to: 400, by: 13) {
                    let waveform = ExtractedWaveform.noise(count)
                    let wanted = try naive.cuts(count).flatMap {
                        try Self.fbank(naive.samples($0, of: waveform, length: 100), features)
                    }
                    #expect(
                        try ExtractedWaveform(waveform, rules, features).values == wanted, "\(count), \(tail)"
                    )
                }
            }
        }
    }

    @Test("groups hold the frames of the utterance in order, then those of its completion")
    func fbankGroups() throws {
        for (edges, psf) in [(FrameEdges.snip, false), (.pad, true), (.centerZero, false), (.mirror, false)] {
            for tail in FrameParameters.Tail.allCases {
                let rules = FrameParameters.make(
                    window: 40, hop: 16, edges: edges, group: 5, trim: 3, tail: tail)
                let features = FeatureParameters.small(rules, psf: psf)
                let naive = NaiveFrames(rules: rules)
                for count in stride(from: 30, to: 420, by: 17) {
                    let waveform = ExtractedWaveform.noise(count)
                    let frames = naive.cuts(count).count * 5
                    let source = naive.usable(count).map { waveform[$0] }
                    // Where the utterance has all the frames, it is not completed.
                    let isWhole = naive.frameStarts(source.count).count >= frames
                    let heard = isWhole ? source : naive.completed(waveform, to: source.count + 400)
                    let wanted = try Self.fbank(heard, features).prefix(frames * 4)
                    #expect(
                        try ExtractedWaveform(waveform, rules, features).values == Array(wanted),
                        "\(count), \(edges), \(tail)")
                }
            }
        }
    }

    @Test("a whole utterance has all its frames, and says where it ends")
    func whole() throws {
        let rules = FrameParameters.make(window: 40, hop: 16)
        let features = FeatureParameters.small(rules)
        let waveform = ExtractedWaveform.noise(200)
        let found = try ExtractedWaveform(waveform, rules, features)
        #expect(found.values == (try Self.fbank(waveform, features)))
        #expect(found.frameEnds == [11] && found.cuts.count == 1)
        #expect(try ExtractedWaveform(ExtractedWaveform.noise(39), rules, features).cuts.isEmpty)
    }

    @Test(
        "normalization by utterance takes all its examples together, in groups, cuts and whole, fbank and raw"
    )
    func utterances() throws {
        let waveform = ExtractedWaveform.noise(700)
        let shapes: [FrameParameters] = [
            .make(window: 40, hop: 16, group: 5), .make(window: 40, hop: 16, length: 100, every: 50),
            .make(window: 40, hop: 16),
        ]
        for rules in shapes {
            let plain = try ExtractedWaveform(waveform, rules, .small(rules)).values
            let found = try ExtractedWaveform(waveform, rules, .small(rules, .utterance)).values
            Self.expectEqual(found, Self.normalized(plain), "\(rules)")
            let bins = try ExtractedWaveform(waveform, rules, .small(rules, .bin)).values
            let columns = (0..<4).map { column in
                Self.normalized(stride(from: column, to: plain.count, by: 4).map { plain[$0] })
            }
            let wanted = plain.indices.map { columns[$0 % 4][$0 / 4] }
            Self.expectEqual(bins, wanted, "\(rules)")
        }
        let cuts = FrameParameters.make(length: 100, every: 60)
        let plain = try ExtractedWaveform(waveform, cuts, .raw()).values
        Self.expectEqual(
            try ExtractedWaveform(waveform, cuts, .raw(.utterance)).values, Self.normalized(plain), "raw")
    }

    @Test("normalization by frame takes each frame alone")
    func frames() throws {
        let rules = FrameParameters.make(window: 40, hop: 16, group: 5)
        let waveform = ExtractedWaveform.noise(700)
        let plain = try ExtractedWaveform(waveform, rules, .small(rules)).values
        let found = try ExtractedWaveform(waveform, rules, .small(rules, .frame)).values
        let wanted = stride(from: 0, to: plain.count, by: 4).flatMap {
            Self.normalized(Array(plain[$0..<($0 + 4)]))
        }
        Self.expectEqual(found, wanted, "frame")
    }

    @Test("RMS takes each example alone: mean zero, the given RMS; a constant one becomes zeros")
    func rms() throws {
        let cuts = FrameParameters.make(length: 100)
        let waveform = ExtractedWaveform.noise(300).enumerated().map { $1 * Float($0 / 100 + 1) + 0.25 }
        let values = try ExtractedWaveform(waveform, cuts, .raw(.rms, rms: 0.05)).values
        for start in stride(from: 0, to: 300, by: 100) {
            let example = values[start..<(start + 100)].map(Double.init)
            let mean = example.reduce(0, +) / 100
            let power = example.reduce(0) { $0 + $1 * $1 } / 100
            #expect(abs(mean) < 1e-8 && abs(power.squareRoot() - 0.05) < 1e-7)
        }
        let constant = [Float](repeating: 0.5, count: 100)
        #expect(try ExtractedWaveform(constant, cuts, .raw(.rms, rms: 0.05)).values.allSatisfy { $0 == 0 })
    }

    private static func fbank(_ samples: [Float], _ features: FeatureParameters) throws -> [Float] {
        guard let parameters = features.fbank else { return [] }
        var extractor = try FbankExtractor(parameters)
        let count = extractor.frameCount(sampleCount: samples.count)
        var values = [Float](repeating: 0, count: count * parameters.melCount)
        var output = values.mutableSpan
        extractor.extract(samples.span, firstFrame: 0, frameCount: count, into: &output)
        return values
    }

    /// Minus the mean, divided by the population deviation.
    private static func normalized(_ values: [Float]) -> [Double] {
        let wide = values.map(Double.init)
        let mean = wide.reduce(0, +) / Double(wide.count)
        let variance = wide.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(wide.count)
        return wide.map { ($0 - mean) / variance.squareRoot() }
    }

    private static func expectEqual(_ found: [Float], _ wanted: [Double], _ what: String) {
        #expect(found.count == wanted.count, "\(what)")
        let largest = zip(found, wanted).map { abs(Double($0) - $1) }.max() ?? .infinity
        #expect(largest < 2e-5, "\(what): off by \(largest)")
    }
}
