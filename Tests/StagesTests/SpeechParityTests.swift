import Foundation
import TestSupport
import Testing

/// The word `dialect` gives its toolkit's numbers on speech, where the reference vectors lie beside the checkout.
@Suite("parity on speech", .enabled(if: ReferenceSpeech.exists)) struct SpeechParityTests {
    static let cases: [ParityCase] = [
        ParityCase("knf_fbank80", "dialect: kaldi", .logarithms),
        ParityCase("ta_fbank64", "dialect: kaldi, mels: 64", .logarithms),
        ParityCase("knf_mfcc13", "kind: mfcc, energy: false", .logarithms),
        ParityCase("knf_mfcc20", "kind: mfcc, coefficients: 20, energy: false", .logarithms),
        ParityCase("knf_mfcc40", "kind: mfcc, coefficients: 40, mels: 40, energy: false", .logarithms),
        ParityCase("knf_mfcc13_energy", "kind: mfcc", .logarithms),
        ParityCase("ta_mfcc13", "kind: mfcc, energy: false", .logarithms),
        ParityCase("psf_logfbank64_f32in", "dialect: psf, mels: 64", .logarithms),
        ParityCase("psf_logfbank64", "dialect: psf, mels: 64, scale: 32768", .logarithms),
        ParityCase("psf_mfcc13", "kind: mfcc, dialect: psf, scale: 32768", .logarithms),
        ParityCase("librosa_mel64_slaney", "dialect: librosa, mels: 64", .linear),
        ParityCase("librosa_mel64_htk", "dialect: librosa, mels: 64, mel-formula: htk", .linear),
        ParityCase(
            "librosa_mel64_htk_nonorm", "dialect: librosa, mels: 64, mel-formula: htk, mel-norm: none",
            .linear),
        ParityCase(
            "librosa_mel_default", "dialect: librosa, mels: 128", .linear, frame: DialectParityTests.wide),
        ParityCase("librosa_meldb64_slaney", "dialect: librosa, mels: 64, values: db, top-db: 80", .decibels),
        ParityCase(
            "librosa_meldb64_htk", "dialect: librosa, mels: 64, mel-formula: htk, values: db, top-db: 80",
            .decibels),
        ParityCase(
            "librosa_mfcc13_slaney", "kind: mfcc, dialect: librosa, mels: 64, coefficients: 13", .decibels),
        ParityCase("librosa_mfcc20_slaney", "kind: mfcc, dialect: librosa, mels: 64", .decibels),
        ParityCase(
            "librosa_mfcc40_slaney", "kind: mfcc, dialect: librosa, mels: 64, coefficients: 40", .decibels),
        ParityCase(
            "librosa_mfcc20_htk", "kind: mfcc, dialect: librosa, mels: 64, mel-formula: htk", .decibels),
        ParityCase(
            "librosa_mfcc_default", "kind: mfcc, dialect: librosa", .decibels, frame: DialectParityTests.wide),
        ParityCase(
            "librosa_logspec", "kind: spectrogram, dialect: librosa, spectrum: power, values: db", .decibels),
        ParityCase("ta_mel64", "dialect: torchaudio, mels: 64", .linear),
    ]

    @Test(
        "a recipe's word gives its toolkit's numbers on speech", arguments: cases, ReferenceSpeech.utterances)
    func parity(item: ParityCase, utterance: String) throws {
        let width = try item.parameters().width
        let expected = ReferenceSpeech.framesFirst(
            try ReferenceSpeech.array(item.name, utterance), width: width)
        let difference = try item.difference(try ReferenceSpeech.waveform(utterance), expected)
        #expect(difference.largest <= 0.01 && difference.mean <= 1e-4, "\(item.name): \(difference)")
    }

    /// torchaudio.compliance.kaldi computes single bins in single precision: against the same formula in double (numpy)
    /// its own largest differences are 0.037, 0.0025 and 0.435, all over 0.01 at bins more than 100 dB below the largest
    /// of their frame.
    @Test(
        "bins of speech within 100 dB of their frame's largest are torchaudio's; below, all but a few",
        arguments: zip(ReferenceSpeech.utterances, [4, 0, 2]))
    func torchaudioSpectrogram(utterance: String, strays: Int) throws {
        let item = ParityCase("ta_spectrogram", "kind: spectrogram", .logarithms)
        let expected = try ReferenceSpeech.array(item.name, utterance).values
        let actual = try item.matrix(of: try ReferenceSpeech.waveform(utterance))
        try #require(actual.count == expected.count)
        var (beyond, sum) = (0, 0.0)
        for row in stride(from: 0, to: expected.count, by: 257) {
            let largest = expected[row..<row + 257].max() ?? 0
            for index in row..<row + 257 {
                let distance = abs(Double(actual[index]) - expected[index])
                sum += distance
                guard !(distance <= 0.01) else { continue }
                beyond += 1
                #expect(largest - expected[index] > 100 * log(10.0) / 10, "bin \(index % 257)")
            }
        }
        #expect(beyond <= strays && sum / Double(expected.count) <= 1e-4)
    }
}

/// The folder of reference vectors beside the checkout.
enum ReferenceSpeech {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../shared/reference")
    static let utterances = ["1688-142285-0002", "32-21625-0000", "367-130732-0003"]
    static var exists: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func array(_ name: String, _ utterance: String) throws -> NumpyFile {
        try NumpyFile(contentsOf: folder.appending(path: "\(utterance)/\(name).npy"))
    }

    static func waveform(_ utterance: String) throws -> [Float] {
        try array("pcm_i16", utterance).values.map { Float($0) / 32768 }
    }

    /// [coefficients × frames], as librosa and torchaudio have it, becomes [frames × coefficients].
    static func framesFirst(_ file: NumpyFile, width: Int) -> [Double] {
        guard file.shape[0] == width, file.shape[1] != width else { return file.values }
        let (rows, columns) = (file.shape[0], file.shape[1])
        return (0..<rows * columns).map { file.values[$0 % rows * columns + $0 / rows] }
    }
}
