import Features
import Foundation
import TestSupport
import Testing

/// Parity on real speech, where the reference vectors lie beside the checkout.
@Suite("reference vectors", .enabled(if: Reference.exists)) struct ReferenceTests {
    static let cases: [(name: String, parameters: FbankParameters)] = [
        ("knf_fbank64", GoldenTests.kaldi()),
        ("knf_fbank80", GoldenTests.kaldi { $0.melCount = 80 }),
        ("knf_fbank64_hann", GoldenTests.kaldi { $0.window = .hann }),
        ("psf_logfbank64", GoldenTests.psf { $0.scale = 32768 }),
        ("psf_logfbank64_f32in", GoldenTests.psf()),
    ]

    @Test("a dialect gives its toolkit's numbers on speech", arguments: cases, Reference.utterances)
    func parity(_ item: (name: String, parameters: FbankParameters), utterance: String) throws {
        let actual = try features(of: try Reference.speech(utterance), item.parameters)
        let difference = Difference(actual, try Reference.array(item.name, utterance).values)
        #expect(difference.isParity, "\(item.name) \(utterance): \(difference)")
    }

    @Test("kaldi at 4 kHz gives its toolkit's numbers", arguments: [40, 64], Reference.utterances)
    func fourKilohertz(melCount: Int, utterance: String) throws {
        let waveform = try Reference.array("soxr_hq_4k", utterance).values.map { Float($0) }
        let parameters = FbankParameters.kaldi(
            sampleRate: 4000, windowSampleCount: 100, hopSampleCount: 40, melCount: melCount)
        let expected = try Reference.array("knf_fbank\(melCount)_4k_soxrhq", utterance)
        let difference = Difference(try features(of: waveform, parameters), expected.values)
        #expect(difference.isParity, "\(utterance): \(difference)")
    }

    @Test("trimmed, linear and normalized psf energies are FBankNet's", arguments: Reference.utterances)
    func fbankNet(utterance: String) throws {
        let trimmed = Array(try Reference.speech(utterance).dropFirst(4000).dropLast(4000))
        let actual = try features(of: trimmed, GoldenTests.psf { $0.log = false }, normalized: true)
        let difference = Difference(actual, try Reference.array("yoso_fbank64", utterance).values)
        #expect(difference.isParity, "\(utterance): \(difference)")
    }

    @Test("linear mel energies of librosa and torchaudio", arguments: Reference.utterances)
    func otherToolkits(utterance: String) throws {
        let librosa = FbankParameters.librosa(
            sampleRate: 16000, windowSampleCount: 400, hopSampleCount: 160, melCount: 64, fftSize: 512)
        var librosaHTK = librosa
        librosaHTK.melFormula = .htk
        let torchaudio = FbankParameters.torchaudio(
            sampleRate: 16000, windowSampleCount: 400, hopSampleCount: 160, melCount: 64, fftSize: 512)
        let cases = [
            ("librosa_mel64_slaney", librosa), ("librosa_mel64_htk", librosaHTK), ("ta_mel64", torchaudio),
        ]
        for (name, parameters) in cases {
            let reference = try Reference.array(name, utterance)
            let actual = try features(of: try Reference.speech(utterance), parameters)
            let difference = Difference(actual, Reference.transposed(reference), relative: true)
            #expect(difference.isParity, "\(name) \(utterance): \(difference)")
        }
    }
}

/// The folder of reference vectors beside the checkout.
enum Reference {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../shared/reference")
    static let utterances = ["1688-142285-0002", "32-21625-0000", "367-130732-0003"]
    static var exists: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func array(_ name: String, _ utterance: String) throws -> NumpyFile {
        try NumpyFile(contentsOf: folder.appending(path: "\(utterance)/\(name).npy"))
    }

    static func speech(_ utterance: String) throws -> [Float] {
        try array("pcm_i16", utterance).values.map { Float($0) / 32768 }
    }

    /// [coefficients × frames] → [frames × coefficients].
    static func transposed(_ file: NumpyFile) -> [Double] {
        let (rows, columns) = (file.shape[0], file.shape[1])
        return (0..<rows * columns).map { file.values[$0 % rows * columns + $0 / rows] }
    }
}
