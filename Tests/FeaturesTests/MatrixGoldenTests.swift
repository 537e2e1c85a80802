import Features
import TestSupport
import Testing

/// What follows a matrix, against the vectors that scripts/golden-features made: torchaudio 2.11.0's port of Kaldi's
/// apply-cmvn-sliding, Pillow 13.0.0's resampling, torch 2.15.0's interpolate, and a drawing of matplotlib 3.11.2.
@Suite("golden vectors of normalizations and pictures") struct MatrixGoldenTests {
    static let sliding: [(name: String, parameters: SlidingNormalization)] = [
        (
            "sliding_centered",
            SlidingNormalization(frameCount: 20, isCentered: true, normalizesVariance: true)
        ),
        (
            "sliding_centered_mean",
            SlidingNormalization(frameCount: 21, isCentered: true, normalizesVariance: false)
        ),
        (
            "sliding_trailing",
            SlidingNormalization(
                frameCount: 20, isCentered: false, normalizesVariance: true, leastFrameCount: 10)
        ),
        ("sliding_long", SlidingNormalization(frameCount: 300, isCentered: true, normalizesVariance: false)),
    ]

    @Test("a sliding window normalizes as Kaldi's", arguments: sliding)
    func slides(name: String, parameters: SlidingNormalization) throws {
        let input = try GoldenTests.golden("kaldi_mfcc13")
        let expected = try GoldenTests.golden(name)
        var matrix = input.values.map { Float($0) }
        var span = matrix.mutableSpan
        var normalizer = SlidingNormalizer(parameters)
        normalizer.normalize(&span, columnCount: input.shape[1])
        let difference = Difference(matrix, expected.values)
        #expect(difference.largest <= 1e-5, "\(name): \(difference)")
    }

    /// As `librosa.display.specshow(y_axis="log")` sets the axis, without margins, in gray.
    @Test("the logarithmic axis is matplotlib's: a drawing has its pixels") func drawing() throws {
        var spectrum = FbankParameters.librosa(
            sampleRate: 16000, windowSampleCount: 2048, hopSampleCount: 512, melCount: 80, fftSize: 2048)
        (spectrum.spectrum, spectrum.edges) = (.magnitude, .centerZero)
        (spectrum.log, spectrum.logFloor, spectrum.decibels) = (true, 1e-5, Decibels(range: 80))
        let parameters = MatrixParameters.spectrogram(SpectrogramParameters(spectrum))
        let levels = try matrix(of: GoldenSignal.samples, parameters)
        let picture = PictureParameters(
            height: 112, width: 112, method: .nearest, axis: .log, orientation: .picture, channels: 1,
            rangeDB: 80)
        let maker = PictureMaker(picture, bins: 1025, sampleRate: 16000)
        var pixels = [Float](repeating: -1, count: maker.pixelCount)
        var span = pixels.mutableSpan
        maker.draw(levels.span, into: &span)
        let expected = try GoldenTests.golden("drawing_log").values
        // Theirs are rounded to 256 grays.
        #expect(Difference(pixels, expected).largest <= 1.0 / 255)
    }

    /// Levels are about 0 … 25, so 1e-4 is 4e-6 of their range: Pillow's weights and ours are rounded to float.
    @Test(
        "a picture has the pixels of Pillow, not antialiased those of torch",
        arguments: PictureParameters.Method.allCases, [(70, 20), (17, 90)])
    func pictures(method: PictureParameters.Method, size: (height: Int, width: Int)) throws {
        let input = try GoldenTests.golden("kaldi_fbank64")
        let expected = try GoldenTests.golden("picture_\(method.rawValue)_\(size.height)x\(size.width)")
        let parameters = PictureParameters(
            height: size.height, width: size.width, method: method, axis: .linear,
            orientation: .timeFrequency,
            channels: 1, rangeDB: nil)
        let maker = PictureMaker(parameters, bins: input.shape[1], sampleRate: 16000)
        let matrix = input.values.map { Float($0) }
        var picture = [Float](repeating: -1, count: maker.pixelCount)
        var span = picture.mutableSpan
        maker.draw(matrix.span, into: &span)
        let difference = Difference(picture, expected.values)
        #expect(difference.largest <= 1e-4, "\(method) \(size): \(difference)")
    }
}
