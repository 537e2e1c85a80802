import Audio
import Testing

/// One conversion by a fresh resampler.
func resample(
    _ input: [Float], _ from: Int, _ to: Int, method: ResampleMethod = .kaiser, level: VectorLevel = .current
) throws -> [Float] {
    var resampler = try Resampler(method: method, from: from, to: to, level: level)
    var output: [Float] = [9]
    try resampler.resample(input.span, into: &output)
    #expect(output.count == resampler.outputCount(input.count))
    return output
}

struct Rates: CustomTestStringConvertible, Sendable {
    let from, to: Int
    var testDescription: String { "\(from) → \(to) Hz" }
    var nyquist: Double { Double(min(from, to)) / 2 }

    static let all = [
        (16000, 4000), (48000, 16000), (8000, 16000), (44100, 16000), (22050, 16000), (16000, 22050),
        (16000, 8000),
        (48000, 8000), (4000, 16000), (48000, 44100), (96000, 16000),
    ].map { Rates(from: $0.0, to: $0.1) }
}

@Suite struct ResamplerTests {
    @Test(
        "tones up to 90 % of the lower Nyquist frequency pass within 0.1 dB, in place and in phase",
        arguments: Rates.all)
    func passBand(rates: Rates) throws {
        for share in [0.01, 0.23, 0.5, 0.71, 0.85, 0.9] {
            let hz = share * rates.nyquist
            let output = try resample(
                tone(hz, rate: rates.from, count: rates.from / 4, phase: 0.1), rates.from, rates.to)
            let wanted = tone(hz, rate: rates.to, count: output.count, phase: 0.1)
            #expect(abs(levelDB(output)) < 0.1, "\(hz) Hz")
            // Far stricter than 0.1 dB, and it also sees a shift in time: 1 % of an output sample shows at −45 dB.
            #expect(levelDB(zip(output, wanted).map { $0 - $1 }) < -90, "\(hz) Hz")
        }
    }

    @Test(
        "tones from the new Nyquist frequency on are at least 100 dB down",
        arguments: Rates.all.filter { $0.to < $0.from })
    func stopBand(rates: Rates) throws {
        let top = Double(rates.from) / 2
        for step in 0...14 {
            let hz = rates.nyquist * 1.0001 + (top * 0.9999 - rates.nyquist * 1.0001) * Double(step) / 14
            let output = try resample(tone(hz, rate: rates.from, count: rates.from / 4), rates.from, rates.to)
            #expect(levelDB(output) < -100, "\(hz) Hz")
        }
    }

    @Test(
        "raising the rate leaves images at least 100 dB down", arguments: Rates.all.filter { $0.to > $0.from }
    )
    func images(rates: Rates) throws {
        // A tone below the old Nyquist frequency has its image as far above. What is left beside the tone
        // itself, at the level the transition band gives it, is images.
        for share in [0.1, 0.5, 0.9, 0.95, 0.98] {
            let hz = share * rates.nyquist
            let output = middle(
                try resample(tone(hz, rate: rates.from, count: rates.from / 2), rates.from, rates.to))
            let wanted = middle(tone(hz, rate: rates.to, count: rates.to / 2))
            let power = wanted.reduce(0) { $0 + Double($1) * Double($1) }
            let scale = Float(zip(output, wanted).reduce(0) { $0 + Double($1.0) * Double($1.1) } / power)
            #expect(levelDB(zip(output, wanted).map { $0 - scale * $1 }) < -100, "\(hz) Hz")
        }
    }

    private func middle(_ signal: [Float]) -> [Float] {
        Array(signal[(signal.count / 10)..<(signal.count * 9 / 10)])
    }

    @Test("a 3 kHz tone is gone from 4 kHz audio")
    func threeKilohertz() throws {
        let output = try resample(tone(3000, rate: 16000, count: 32000), 16000, 4000)
        #expect(levelDB(output) < -100)
        #expect(
            levelDB(try resample(tone(3000, rate: 16000, count: 32000), 16000, 4000, method: .decimate))
                > -3.1)
    }

    @Test(
        "the impulse response is symmetric about its input's time, to the last bit",
        arguments: [16000, 8000, 48000])
    func impulse(from: Int) throws {
        let to = 4000
        var input = [Float](repeating: 0, count: 2 * from)
        input[from] = 1
        let output = try resample(input, from, to)
        #expect(output.max() == output[to])
        for k in 0..<to { #expect(output[to - k] == output[to + k]) }
        #expect(output.reduce(0, +) > 0.9 * Float(to) / Float(from))
    }

    @Test("a constant stays what it is", arguments: Rates.all)
    func constant(rates: Rates) throws {
        let output = try resample([Float](repeating: 0.5, count: rates.from / 4), rates.from, rates.to)
        let middle = output[(output.count / 3)..<(2 * output.count / 3)]
        #expect(middle.allSatisfy { abs($0 - 0.5) < 2e-6 })
    }

    @Test("beyond both ends lie zeros: zeros written out change nothing", arguments: Rates.all)
    func edges(rates: Rates) throws {
        let input = Speechlike.floats(3001)
        var divisor = (rates.from, rates.to)
        while divisor.1 != 0 { divisor = (divisor.1, divisor.0 % divisor.1) }
        // A multiple of 8 periods keeps every step of the conversion on the same grid.
        let period = 8 * rates.from / divisor.0
        let lead = period * (4000 / period + 1)
        let zeros = [Float](repeating: 0, count: lead)
        let bare = try resample(input, rates.from, rates.to)
        let padded = try resample(zeros + input + zeros, rates.from, rates.to)
        let start = lead * rates.to / rates.from
        let isEqual = Array(padded[start..<start + bare.count]) == bare
        #expect(isEqual)
    }

    @Test(
        "the length is ceil(count · to / from) for every short input", arguments: Rates.all,
        ResampleMethod.allCases)
    func lengths(rates: Rates, method: ResampleMethod) throws {
        if method == .decimate && rates.from % rates.to != 0 { return }
        var resampler = try Resampler(method: method, from: rates.from, to: rates.to)
        var output: [Float] = []
        for count in 0...50 {
            try resampler.resample(Speechlike.floats(count).span, into: &output)
            #expect(output.count == (count * rates.to + rates.from - 1) / rates.from)
        }
    }

    @Test(
        "every vector level gives the same bits, at every length around the block boundaries",
        arguments: Rates.all)
    func levels(rates: Rates) throws {
        let signal = Speechlike.floats(12000)
        var counts = Array(0...40) + [127, 128, 129, 255, 256, 257, 511, 512, 513]
        counts += (1...5).flatMap { block in (-2...2).map { 2048 * block + $0 } } + [12000]
        var base = try Resampler(method: .kaiser, from: rates.from, to: rates.to, level: .base)
        var (wanted, output) = ([Float](), [Float]())
        for level in VectorLevel.available.dropFirst() {
            var resampler = try Resampler(method: .kaiser, from: rates.from, to: rates.to, level: level)
            for count in counts {
                let input = Array(signal[..<count])
                try base.resample(input.span, into: &wanted)
                try resampler.resample(input.span, into: &output)
                let isEqual = output.map(\.bitPattern) == wanted.map(\.bitPattern)
                #expect(isEqual, "\(count) samples")
            }
        }
    }

    /// Outputs of this very code, pinned: a change of the filter or of the order of additions changes every
    /// artifact built on resampled audio, and must be meant.
    @Test(
        "the bits of resampled audio are what they always were",
        arguments: zip(
            [(16000, 4000), (48000, 16000), (44100, 16000), (8000, 16000)],
            [0x115C_8C0C_52FF_BDED, 0x7FF3_F498_152A_6AE7, 0xB53D_86AC_7675_F243, 0x411F_B2B1_93E1_6587]
                as [UInt64]))
    func golden(rates: (Int, Int), wanted: UInt64) throws {
        var state: UInt64 = 1
        let noise = (0..<20000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int16(truncatingIfNeeded: state >> 48)) / 32768
        }
        let output = try resample(noise, rates.0, rates.1)
        // FNV-1a over the bit patterns.
        let hash = output.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1.bitPattern)) &* 0x100_0000_01B3
        }
        #expect(hash == wanted, "\(String(hash, radix: 16))")
    }

    @Test("a sample far from the end does not depend on how long the input is", arguments: Rates.all)
    func prefix(rates: Rates) throws {
        let signal = Speechlike.floats(40000)
        let long = try resample(signal, rates.from, rates.to)
        let short = try resample(Array(signal[..<30000]), rates.from, rates.to)
        let kept = 25000 * rates.to / rates.from
        let isEqual = Array(long[..<kept]) == Array(short[..<kept])
        #expect(isEqual)
    }

    @Test("equal rates copy, whatever the method", arguments: ResampleMethod.allCases)
    func identity(method: ResampleMethod) throws {
        let input = Speechlike.floats(1000)
        #expect(try resample(input, 16000, 16000, method: method) == input)
        #expect(try Resampler(method: method, from: 16000, to: 16000).libraryVersions.isEmpty)
    }

    @Test("decimate keeps every M-th sample and refuses any other ratio")
    func decimate() throws {
        #expect(try resample([0, 1, 2, 3, 4, 5, 6, 7, 8], 16000, 4000, method: .decimate) == [0, 4, 8])
        #expect(refusal(.decimate, 44100, 16000) == .unsupportedRates)
        #expect(refusal(.decimate, 4000, 16000) == .unsupportedRates)
    }

    @Test("ratios that need millions of coefficients, and rates that are none, are refused")
    func absurd() {
        #expect(refusal(.kaiser, 16000, 15999) == .unsupportedRates)
        #expect(refusal(.kaiser, 2_000_003, 3) == .unsupportedRates)
        #expect(refusal(.kaiser, 0, 16000) == .unsupportedRates)
        #expect(refusal(.sincBest, 16000, -1) == .unsupportedRates)
        #expect(refusal(.sincBest, 192_000, 8) == .unsupportedRates)
    }

    @Test("only the sinc methods depend on a library's version")
    func versions() throws {
        #expect(try Resampler(method: .kaiser, from: 16000, to: 4000).libraryVersions.isEmpty)
        #expect(try Resampler(method: .decimate, from: 16000, to: 4000).libraryVersions.isEmpty)
        let versions = try Resampler(method: .sincMedium, from: 16000, to: 4000).libraryVersions
        #expect(versions["libsamplerate"]?.hasPrefix("libsamplerate-") == true)
    }

    private func refusal(_ method: ResampleMethod, _ from: Int, _ to: Int) -> AudioError.Reason? {
        do {
            _ = try Resampler(method: method, from: from, to: to).outputCount(0)
            return nil
        } catch {
            return error.reason
        }
    }
}
