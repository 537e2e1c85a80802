import Features
import Testing

/// The promise: the same bits on every CPU, wherever a frame stands in its block of lanes.
@Suite("levels of vector instructions") struct LevelTests {
    static let cases: [FbankParameters] = [
        GoldenTests.kaldi(),
        GoldenTests.kaldi { ($0.melCount, $0.edges) = (23, .mirror) },
        GoldenTests.psf(),
        GoldenTests.psf { ($0.log, $0.removeDC, $0.melCount) = (false, true, 41) },
        GoldenTests.psf(fftSize: 400) { $0.melCount = 26 },
        .kaldi(sampleRate: 4000, windowSampleCount: 100, hopSampleCount: 40, melCount: 40),
        .kaldi(sampleRate: 8000, windowSampleCount: 203, hopSampleCount: 81, melCount: 30),
        .librosa(
            sampleRate: 22050, windowSampleCount: 2048, hopSampleCount: 512, melCount: 128, fftSize: 2048),
    ]

    @Test("every level gives the same bits, normalized or not", arguments: cases, [false, true])
    func levels(parameters: FbankParameters, normalized: Bool) throws {
        let expected = bits(
            try features(of: GoldenSignal.samples, parameters, normalized: normalized, level: .base))
        for level in CPULevel.available {
            let actual = try features(
                of: GoldenSignal.samples, parameters, normalized: normalized, level: level)
            #expect(bits(actual) == expected, "\(level)")
        }
    }

    @Test("1 to 17 frames at once give the rows of single frames", arguments: CPULevel.available)
    func tails(level: CPULevel) throws {
        let parameters = GoldenTests.kaldi()
        let single = try (0..<20).flatMap {
            try features(of: GoldenSignal.samples, parameters, level: level, frames: $0..<$0 + 1)
        }
        for count in 1...17 {
            let some = try features(of: GoldenSignal.samples, parameters, level: level, frames: 3..<3 + count)
            #expect(bits(some) == bits(Array(single[3 * 64..<(3 + count) * 64])))
        }
    }

    @Test(
        "normalizing while extracting gives the bits of normalizing afterwards", arguments: CPULevel.available
    )
    func fused(level: CPULevel) throws {
        for parameters in Self.cases {
            var matrix = try features(of: GoldenSignal.samples, parameters, level: level)
            var span = matrix.mutableSpan
            normalizeEachFrame(&span, columnCount: parameters.melCount, level: level)
            let fused = try features(of: GoldenSignal.samples, parameters, normalized: true, level: level)
            #expect(bits(matrix) == bits(fused))
        }
    }

    @Test("normalizations and logarithm have the same bits at every level, at any size")
    func kernels() {
        for columns in [1, 3, 4, 15, 16, 17, 31, 32, 33, 64, 80] {
            let values = (0..<columns * 37).map { GoldenSignal.samples[$0 * 2] * 9 }
            let statistics = Array(GoldenSignal.samples.suffix(columns)).map { $0 + 1 }
            let kernels: [(inout MutableSpan<Float>, CPULevel) -> Void] = [
                { normalizeEachFrame(&$0, columnCount: columns, level: $1) },
                { normalizeEachBin(&$0, columnCount: columns, level: $1) },
                { normalizeUtterance(&$0, level: $1) },
                { normalize(&$0, mean: statistics.span, deviation: statistics.span, level: $1) },
                { whiten(&$0, targetRMS: voicemapRMS, level: $1) },
            ]
            for (index, kernel) in kernels.enumerated() {
                let results = CPULevel.available.map { level in
                    var copy = values
                    var span = copy.mutableSpan
                    kernel(&span, level)
                    return bits(copy)
                }
                #expect(results.allSatisfy { $0 == results[0] }, "kernel \(index), \(columns) columns")
                #expect(results[0] != bits(values))
            }
        }
    }
}
