import Foundation
import TestSupport
import Testing

/// The word `dialect` gives its toolkit's numbers, whatever the kind: on the vectors that scripts/golden-features made
/// with the versions in Golden/versions.json, at most 0.01 and on average 1e-4 in natural logarithms, their equivalent in
/// decibels, relatively for linear values.
@Suite("parity of dialects and kinds") struct DialectParityTests {
    static let wide = "length: 1s, window: 2048 samples, hop: 512 samples"

    static let cases: [ParityCase] = [
        ParityCase("kaldi_fbank64", "dialect: kaldi, mels: 64", .logarithms),
        ParityCase("kaldi_fbank23_energy", "mels: 23, energy: true", .logarithms),
        ParityCase("kaldi_fbank23_windowed", "mels: 23, energy: windowed", .logarithms),
        ParityCase("kaldi_mfcc13", "kind: mfcc, energy: false", .logarithms),
        ParityCase("kaldi_mfcc13_energy", "kind: mfcc, dialect: kaldi", .logarithms),
        ParityCase("kaldi_mfcc13_windowed", "kind: mfcc, energy: windowed", .logarithms),
        ParityCase("kaldi_mfcc13_energy_floor", "kind: mfcc, energy-floor: 1e7", .logarithms),
        ParityCase("kaldi_mfcc20", "kind: mfcc, mels: 40, coefficients: 20, energy: false", .logarithms),
        ParityCase("kaldi_mfcc13_deltas", "kind: mfcc, energy: false, deltas: 2", .logarithms),
        ParityCase("kaldi_spectrogram", "kind: spectrogram, dialect: kaldi", .logarithms),
        ParityCase(
            "kaldi_spectrogram_energy_floor", "kind: spectrogram, energy-floor: 1e10", .logarithms),
        ParityCase("wespeaker_fbank80", "dialect: wespeaker", .logarithms),
        ParityCase("psf_logfbank64_unit", "dialect: psf, mels: 64", .logarithms),
        ParityCase("psf_fbank64_unit", "dialect: psf, mels: 64, log: false", .linear),
        ParityCase("psf_fbank26_energy", "dialect: psf, mels: 26, energy: true", .logarithms),
        ParityCase("psf_mfcc13", "kind: mfcc, dialect: psf", .logarithms),
        ParityCase("psf_mfcc13_c0", "kind: mfcc, dialect: psf, energy: false", .logarithms),
        ParityCase("psf_mfcc13_delta", "kind: mfcc, dialect: psf, deltas: 1", .logarithms),
        ParityCase("psf_powspec", "kind: spectrogram, dialect: psf", .linear),
        ParityCase("psf_magspec", "kind: spectrogram, dialect: psf, spectrum: magnitude", .linear),
        ParityCase(
            "psf_logpowspec", "kind: spectrogram, dialect: psf, values: db, log-floor: 1e-30", .decibels),
        ParityCase("librosa_fbank80", "dialect: librosa", .linear),
        ParityCase(
            "librosa_fbank64_htk", "dialect: librosa, mels: 64, mel-formula: htk, mel-norm: none", .linear),
        ParityCase(
            "librosa_fbank128_db", "dialect: librosa, mels: 128, values: db, top-db: 80", .decibels,
            frame: wide
        ),
        ParityCase(
            "librosa_fbank64_magnitude_db", "dialect: librosa, mels: 64, spectrum: magnitude, values: db",
            .decibels),
        ParityCase("librosa_mfcc20", "kind: mfcc, dialect: librosa", .decibels, frame: wide),
        ParityCase(
            "librosa_mfcc13_lifter",
            "kind: mfcc, dialect: librosa, coefficients: 13, mels: 64, lifter: 22, dct-norm: none", .decibels),
        ParityCase(
            "librosa_mfcc13_dct1", "kind: mfcc, dialect: librosa, coefficients: 13, dct-type: 1", .decibels,
            frame: wide),
        ParityCase(
            "librosa_mfcc13_dct3", "kind: mfcc, dialect: librosa, coefficients: 13, dct-type: 3", .decibels,
            frame: wide),
        ParityCase(
            "librosa_mfcc13_max", "kind: mfcc, dialect: librosa, coefficients: 13, reference: max", .decibels,
            frame: wide),
        ParityCase(
            "librosa_mfcc13_deltas_interp",
            "kind: mfcc, dialect: librosa, coefficients: 13, mels: 40, deltas: 2", .decibels),
        ParityCase(
            "librosa_mfcc13_deltas_nearest",
            "kind: mfcc, dialect: librosa, coefficients: 13, mels: 40, deltas: 2, delta-form: librosa-nearest",
            .decibels),
        ParityCase(
            "librosa_fbank128_db_max",
            "dialect: librosa, mels: 128, values: db, top-db: 80, reference: max", .decibels, frame: wide),
        ParityCase(
            "librosa_magnitude_db_max", "kind: spectrogram, dialect: librosa, values: db, reference: max",
            .decibels),
        ParityCase("librosa_magnitude", "kind: spectrogram, dialect: librosa", .linear),
        ParityCase(
            "librosa_magnitude_db", "kind: spectrogram, dialect: librosa, values: db, top-db: 80", .decibels),
        ParityCase("librosa_power", "kind: spectrogram, dialect: librosa, spectrum: power", .linear),
        ParityCase("torchaudio_fbank80", "dialect: torchaudio", .linear),
        ParityCase(
            "torchaudio_fbank64_log", "dialect: torchaudio, mels: 64, values: log, log-offset: 1e-6",
            .logarithms),
        ParityCase("torchaudio_mfcc40", "kind: mfcc, dialect: torchaudio", .decibels),
        ParityCase(
            "torchaudio_mfcc13_log",
            "kind: mfcc, dialect: torchaudio, coefficients: 13, mels: 40, values: log, log-offset: 1e-6",
            .logarithms),
        ParityCase("torchaudio_power", "kind: spectrogram, dialect: torchaudio", .linear),
        ParityCase(
            "torchaudio_power_fft400", "kind: spectrogram, dialect: torchaudio, fft: 400", .linear,
            frame: "length: 1s, hop: 200 samples"),
        ParityCase("lhotse_fbank80", "dialect: lhotse", .logarithms),
        ParityCase("lhotse_mfcc13", "kind: mfcc, dialect: lhotse", .logarithms),
        ParityCase("lhotse_power", "kind: spectrogram, dialect: lhotse", .linear),
        ParityCase(
            "lhotse_logspectrogram", "kind: spectrogram, dialect: lhotse, values: log, log-offset: 1e-15",
            .logarithms),
        ParityCase("vggish_fbank64", "dialect: vggish", .logarithms),
    ]

    @Test("a recipe's word gives its toolkit's numbers", arguments: cases) func golden(item: ParityCase)
        throws
    {
        let expected = try Self.golden(item.name)
        let width = try item.parameters().width
        #expect(expected.shape.last == width)
        let signal = Self.signal.prefix(Self.isSpectrum(item) ? 3403 : Self.signal.count)
        let difference = try item.difference(Array(signal), expected.values)
        #expect(difference.largest <= 0.01 && difference.mean <= 1e-4, "\(item.name): \(difference)")
    }

    /// Spectrograms are of the signal's start.
    static func isSpectrum(_ item: ParityCase) -> Bool { item.features.hasPrefix("kind: spectrogram") }

    static func golden(_ name: String) throws -> NumpyFile {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try NumpyFile(contentsOf: folder.appending(path: "FeaturesTests/Golden/\(name).npy"))
    }

    /// The signal of scripts/golden-features, −1…1.
    static let signal: [Float] = {
        var (state, phase) = (12345, 0)
        return (0..<8123).map { i in
            state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
            let noise = (state >> 16) - 32768
            phase = (phase + 20 + 3 * i) % 65536
            let p = phase - 32768
            let tone = (((p * (32768 - abs(p))) >> 14) * ((i % 4096) >> 4)) >> 8
            let value = (3000..<4000).contains(i) ? 0 : tone + (noise >> (i < 6000 ? 6 : 13))
            return Float(value) / 32768
        }
    }()
}
