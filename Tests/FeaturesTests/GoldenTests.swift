import Features
import Foundation
import TestSupport
import Testing

/// Parity on the vectors that scripts/golden-features made with kaldi-native-fbank 1.22.5 and python_speech_features 0.6:
/// at most 0.01 and on average 1e-4 in ln units, relatively for linear values.
@Suite("golden vectors") struct GoldenTests {
    static func golden(_ name: String) throws -> NumpyFile {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
        return try NumpyFile(contentsOf: folder.appending(path: name + ".npy"))
    }

    static func kaldi(_ change: (inout FbankParameters) -> Void = { _ in }) -> FbankParameters {
        var parameters = FbankParameters.kaldi(
            sampleRate: 16000, windowSampleCount: 400, hopSampleCount: 160, melCount: 64)
        change(&parameters)
        return parameters
    }

    static func psf(
        fftSize: Int = 512, _ change: (inout FbankParameters) -> Void = { _ in }
    ) -> FbankParameters {
        var parameters = FbankParameters.psf(
            sampleRate: 16000, windowSampleCount: 400, hopSampleCount: 160, melCount: 64, fftSize: fftSize)
        change(&parameters)
        return parameters
    }

    static let cases: [(name: String, parameters: FbankParameters)] = [
        ("kaldi_fbank64", kaldi()),
        ("kaldi_fbank80_hann", kaldi { ($0.window, $0.melCount) = (.hann, 80) }),
        ("kaldi_fbank64_mirror", kaldi { $0.edges = .mirror }),
        (
            "kaldi_fbank40_4k",
            .kaldi(sampleRate: 4000, windowSampleCount: 100, hopSampleCount: 40, melCount: 40)
        ),
        ("psf_logfbank64_int16", psf { $0.scale = 32768 }),
        ("psf_logfbank64_unit", psf()),
        ("psf_fbank64_unit", psf { $0.log = false }),
        ("psf_logfbank26_fft400", psf(fftSize: 400) { ($0.scale, $0.melCount) = (32768, 26) }),
    ]

    @Test("the generator's signal and ours are the same integers") func signal() {
        #expect(GoldenSignal.integers.reduce(0) { $0 + abs($1) } == 34_618_547)
    }

    @Test("a dialect gives its toolkit's numbers", arguments: cases)
    func parity(name: String, parameters: FbankParameters) throws {
        let expected = try Self.golden(name)
        let actual = try features(of: GoldenSignal.samples, parameters)
        let difference = Difference(actual, expected.values, relative: !parameters.log)
        #expect(expected.shape == [actual.count / parameters.melCount, parameters.melCount])
        #expect(difference.isParity, "\(name): \(difference)")
    }

    @Test("psf energies, linear and normalized frame by frame, are FBankNet's") func fbankNet() throws {
        let actual = try features(of: GoldenSignal.samples, Self.psf { $0.log = false }, normalized: true)
        let difference = Difference(actual, try Self.golden("fbanknet64").values)
        #expect(difference.isParity, "\(difference)")
    }
}
