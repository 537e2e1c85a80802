import Features
import Testing

@Suite("frames at the ends of a waveform") struct FrameCountTests {
    static let window = 400
    static let hop = 160

    static func count(_ samples: Int, _ edges: FrameEdges) -> Int {
        frameCount(sampleCount: samples, windowSampleCount: window, hopSampleCount: hop, edges: edges)
    }

    @Test(
        "counts at every boundary",
        arguments: [
            (0, [0, 0, 0, 0, 0]), (1, [0, 1, 0, 1, 1]), (79, [0, 1, 0, 1, 1]), (80, [0, 1, 1, 1, 1]),
            (159, [0, 1, 1, 1, 1]), (160, [0, 1, 1, 2, 2]), (399, [0, 1, 2, 3, 3]), (400, [1, 1, 3, 3, 3]),
            (401, [1, 2, 3, 3, 3]), (559, [1, 2, 3, 4, 4]), (560, [2, 2, 4, 4, 4]), (561, [2, 3, 4, 4, 4]),
            (719, [2, 3, 4, 5, 5]), (720, [3, 3, 5, 5, 5]), (721, [3, 4, 5, 5, 5]),
        ] as [(Int, [Int])])
    func boundaries(samples: Int, expected: [Int]) {
        #expect(FrameEdges.allCases.map { Self.count(samples, $0) } == expected)
    }

    @Test("snip counts whole frames only, pad the fewest that reach the end") func rules() {
        for samples in 1...3 * Self.window {
            let snip = Self.count(samples, .snip)
            #expect(snip == 0 || (snip - 1) * Self.hop + Self.window <= samples)
            #expect(snip * Self.hop + Self.window > samples)
            let pad = Self.count(samples, .pad)
            #expect((pad - 1) * Self.hop + Self.window >= samples)
            #expect(pad == 1 || (pad - 2) * Self.hop + Self.window < samples)
        }
    }

    static let dialects: [FbankParameters] = FrameEdges.allCases.flatMap { edges in
        [
            GoldenTests.kaldi { $0.edges = edges },
            GoldenTests.psf { $0.edges = edges },
        ].filter { (try? $0.validated()) != nil }
    }

    @Test("a range of frames has the rows of the whole, at any length", arguments: dialects)
    func ranges(parameters: FbankParameters) throws {
        for samples in [1, 399, 400, 401, 560, 561, 3000] {
            let waveform = Array(GoldenSignal.samples.prefix(samples))
            let whole = try features(of: waveform, parameters)
            let columns = parameters.melCount
            let count = whole.count / columns
            for range in [0..<count, 0..<count / 2, count / 3..<count, max(count - 1, 0)..<count, 0..<0] {
                let some = try features(of: waveform, parameters, frames: range)
                #expect(
                    bits(some) == bits(Array(whole[range.lowerBound * columns..<range.upperBound * columns])))
            }
        }
    }

    @Test("the zeros that complete a psf frame follow the pre-emphasis") func paddedFrame() throws {
        // 100 samples, one frame: a wave that ended with a jump to zero would differ in every coefficient.
        let waveform = [Float](repeating: 0.5, count: 100)
        let actual = try features(of: waveform, GoldenTests.psf { $0.preEmphasis = 1 })
        // Pre-emphasized it is one impulse: |FFT|² = 0.25 in every bin, so each filter's sum × 0.25 / 512.
        let impulse = [Float(0.5)] + [Float](repeating: 0, count: 99)
        #expect(bits(actual) == bits(try features(of: impulse, GoldenTests.psf { $0.preEmphasis = 0 })))
    }
}
