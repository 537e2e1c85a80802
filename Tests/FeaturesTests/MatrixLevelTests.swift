import Features
import Testing

/// The promise of `LevelTests`, for what is made of filter banks and of single bins.
@Suite("matrices of every kind") struct MatrixLevelTests {
    static func cepstra(_ change: (inout MFCCParameters) -> Void = { _ in }) -> MatrixParameters {
        var parameters = MFCCParameters(
            fbank: GoldenTests.kaldi { $0.melCount = 23 }, coefficientCount: 13, transformNorm: .ortho,
            lifter: 22, lifterForm: .kaldi, energy: .raw, deltas: 2, deltaWindow: 2)
        change(&parameters)
        return .mfcc(parameters)
    }

    static let cases: [MatrixParameters] = [
        cepstra(), cepstra { ($0.energy, $0.deltas) = (nil, 0) },
        .fbank(GoldenTests.kaldi { ($0.energy, $0.energyRule) = (true, .windowed) }),
        .fbank(GoldenTests.psf { ($0.spectrum, $0.logOffset) = (.magnitude, 0.01) }),
        .fbank(GoldenTests.psf { $0.decibels = Decibels(range: 60) }),
        .spectrogram(SpectrogramParameters(GoldenTests.kaldi())),
        .spectrogram(SpectrogramParameters(GoldenTests.psf(fftSize: 400) { $0.log = false })),
    ]

    static func rows(
        _ parameters: MatrixParameters, level: CPULevel = .best, frames: Range<Int>? = nil,
        waveform: [Float] = GoldenSignal.samples
    ) throws -> [Float] {
        var extractor = try MatrixExtractor(parameters, level: level)
        let frames = frames ?? 0..<extractor.frameCount(sampleCount: waveform.count)
        var output = [Float](repeating: -1, count: frames.count * extractor.coefficientCount)
        var span = output.mutableSpan
        extractor.extract(waveform.span, firstFrame: frames.lowerBound, frameCount: frames.count, into: &span)
        return output
    }

    @Test("every level gives the same bits", arguments: cases)
    func levels(parameters: MatrixParameters) throws {
        let expected = bits(try Self.rows(parameters, level: .base))
        for level in CPULevel.available {
            #expect(bits(try Self.rows(parameters, level: level)) == expected, "\(level)")
        }
    }

    @Test(
        "what looks at single frames only has them the same wherever it starts", arguments: [1, 2, 3, 5, 6])
    func ranges(index: Int) throws {
        let parameters = Self.cases[index]
        let whole = try Self.rows(parameters)
        for range in [0..<1, 3..<20, 30..<49] {
            let part = whole[range.lowerBound * parameters.width..<range.upperBound * parameters.width]
            #expect(bits(try Self.rows(parameters, frames: range)) == bits(Array(part)))
        }
    }

    @Test("a NaN shows in every coefficient of its frames", arguments: [1, 2, 5, 6])
    func damage(index: Int) throws {
        let parameters = Self.cases[index]
        var waveform = GoldenSignal.samples
        waveform[450] = .nan
        let matrix = try Self.rows(parameters, waveform: waveform)
        let frame = matrix[parameters.width..<2 * parameters.width]
        #expect(frame.allSatisfy { $0.bitPattern == Float.nan.bitPattern })
    }

    @Test("a range in decibels is kept below the largest level of what was asked for") func decibels() throws
    {
        let matrix = try Self.rows(Self.cases[4])
        let (least, largest) = (matrix.min() ?? 0, matrix.max() ?? 0)
        #expect(largest - least == 60)
    }
}
