import Features
import Foundation
import Testing

/// Parity of cepstra and spectrograms on real speech, where the reference vectors lie beside the checkout.
@Suite("reference matrices", .enabled(if: Reference.exists)) struct MatrixReferenceTests {
    /// Cepstra of `kaldi_native_fbank` 1.22.5: Kaldi's defaults with `count` coefficients of `mels` filters.
    static func kaldi(_ count: Int, mels: Int = 23, energy: EnergyRule? = nil) -> MatrixParameters {
        .mfcc(
            MFCCParameters(
                fbank: .kaldi(
                    sampleRate: 16000, windowSampleCount: 400, hopSampleCount: 160, melCount: mels),
                coefficientCount: count, transformNorm: .ortho, lifter: 22, lifterForm: .kaldi,
                energy: energy,
                deltas: 0, deltaWindow: 2))
    }

    /// Cepstra of librosa 0.11.0: 64 filters, decibels within 80 of the largest, no lifter.
    static func librosa(_ count: Int, formula: MelFormula) -> MatrixParameters {
        var fbank = FbankParameters.librosa(
            sampleRate: 16000, windowSampleCount: 400, hopSampleCount: 160, melCount: 64, fftSize: 512)
        (fbank.melFormula, fbank.log, fbank.decibels) = (formula, true, Decibels(range: 80))
        return .mfcc(
            MFCCParameters(
                fbank: fbank, coefficientCount: count, transformNorm: .ortho, lifter: 0, lifterForm: .librosa,
                energy: nil, deltas: 0, deltaWindow: 2))
    }

    /// Levels of librosa 0.11.0 in decibels.
    static func librosaLevels(_ formula: MelFormula) -> MatrixParameters {
        guard case .mfcc(let cepstra) = librosa(13, formula: formula) else {
            return librosa(13, formula: formula)
        }
        return .fbank(cepstra.fbank)
    }

    static func librosaSpectrogram() -> MatrixParameters {
        var fbank = FbankParameters.librosa(
            sampleRate: 16000, windowSampleCount: 400, hopSampleCount: 160, melCount: 64, fftSize: 512)
        (fbank.log, fbank.decibels) = (true, Decibels())
        return .spectrogram(SpectrogramParameters(fbank))
    }

    static func torchaudioSpectrogram() -> MatrixParameters {
        var fbank = FbankParameters.kaldi(
            sampleRate: 16000, windowSampleCount: 400, hopSampleCount: 160, melCount: 64)
        fbank.energyRule = .raw
        return .spectrogram(SpectrogramParameters(fbank))
    }

    static func psf() -> MatrixParameters {
        var fbank = FbankParameters.psf(
            sampleRate: 16000, windowSampleCount: 400, hopSampleCount: 160, melCount: 26)
        fbank.scale = 32768
        return .mfcc(
            MFCCParameters(
                fbank: fbank, coefficientCount: 13, transformNorm: .ortho, lifter: 22, lifterForm: .kaldi,
                energy: .spectrum, deltas: 0, deltaWindow: 2))
    }

    /// How many units of a matrix a natural logarithm is: the limits are in ln units.
    static let decibel = 10 / log(10.0)

    static let cepstra: [(name: String, parameters: MatrixParameters, isTransposed: Bool, unit: Double)] = [
        ("knf_mfcc13", kaldi(13), false, 1), ("knf_mfcc20", kaldi(20), false, 1),
        ("knf_mfcc40", kaldi(40, mels: 40), false, 1),
        ("knf_mfcc13_energy", kaldi(13, energy: .raw), false, 1), ("ta_mfcc13", kaldi(13), false, 1),
        ("psf_mfcc13", psf(), false, 1),
        ("librosa_mfcc13_slaney", librosa(13, formula: .slaney), true, decibel),
        ("librosa_mfcc20_slaney", librosa(20, formula: .slaney), true, decibel),
        ("librosa_mfcc40_slaney", librosa(40, formula: .slaney), true, decibel),
        ("librosa_mfcc20_htk", librosa(20, formula: .htk), true, decibel),
    ]

    /// The lifter multiplies differences as it does values, by up to 1 + L/2: they are taken before it.
    @Test("cepstra are the toolkit's on speech", arguments: cepstra, Reference.utterances)
    func cepstralParity(
        _ item: (name: String, parameters: MatrixParameters, isTransposed: Bool, unit: Double),
        utterance: String
    ) throws {
        guard case .mfcc(let mfcc) = item.parameters else { return }
        let reference = try Reference.array(item.name, utterance)
        let expected = item.isTransposed ? Reference.transposed(reference) : reference.values
        let actual = try matrix(of: try Reference.speech(utterance), item.parameters)
        func unlifted(_ value: Double, _ index: Int) -> Double {
            let place = Double(index % mfcc.coefficientCount)
            let lift = mfcc.lifter > 0 ? 1 + mfcc.lifter / 2 * sin(.pi * place / mfcc.lifter) : 1
            return value / lift / item.unit
        }
        let difference = Difference(
            actual.enumerated().map { Float(unlifted(Double($1), $0)) },
            expected.enumerated().map { unlifted($1, $0) })
        #expect(difference.isParity, "\(item.name) \(utterance): \(difference)")
    }

    @Test(
        "levels of filters are librosa's on speech", arguments: [MelFormula.slaney, .htk],
        Reference.utterances)
    func levelParity(formula: MelFormula, utterance: String) throws {
        let reference = try Reference.array("librosa_meldb64_\(formula.rawValue)", utterance)
        let actual = try matrix(of: try Reference.speech(utterance), Self.librosaLevels(formula))
        let difference = Difference(
            actual.map { $0 / Float(Self.decibel) }, Reference.transposed(reference).map { $0 / Self.decibel }
        )
        #expect(difference.isParity, "\(utterance): \(difference)")
    }

    static let spectrograms:
        [(name: String, parameters: MatrixParameters, isTransposed: Bool, unit: Double)] = [
            ("ta_spectrogram", torchaudioSpectrogram(), false, 1),
            ("librosa_logspec", librosaSpectrogram(), true, decibel),
        ]

    /// The mean is over all bins. A single bin may be a zero of the spectrum, where nothing is left but the rounding of an
    /// FFT in single precision: the largest difference is over the bins within 70 dB of their frame's largest, most of
    /// them all.
    @Test("spectrograms are the toolkit's on speech", arguments: spectrograms, Reference.utterances)
    func spectralParity(
        _ item: (name: String, parameters: MatrixParameters, isTransposed: Bool, unit: Double),
        utterance: String
    ) throws {
        let reference = try Reference.array(item.name, utterance)
        let expected = (item.isTransposed ? Reference.transposed(reference) : reference.values).map {
            $0 / item.unit
        }
        let actual = try matrix(of: try Reference.speech(utterance), item.parameters)
            .map { $0 / Float(item.unit) }
        let width = item.parameters.width
        let kept = expected.indices.filter { index in
            let row = index / width * width
            return expected[index] > (expected[row..<row + width].max() ?? 0) - 7 * log(10.0)
        }
        let all = Difference(actual, expected)
        let difference = Difference(kept.map { actual[$0] }, kept.map { expected[$0] })
        #expect(difference.isParity, "\(item.name) \(utterance): \(difference)")
        #expect(all.mean <= 1e-4 && all.largest < 1, "\(item.name) \(utterance): \(all)")
        #expect(Double(kept.count) > 0.7 * Double(expected.count))
    }
}
