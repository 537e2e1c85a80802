import Audio
import Foundation
import Testing

/// Real speech and what other tools made of it, when the folder with both lies beside the package:
/// `reference/UTTERANCE/NAME.npy` (NumPy arrays) and `data/LibriSpeech/SUBSET/SPEAKER/SESSION/UTTERANCE.flac`.
private enum Reference {
    static let shared = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../shared"
    ).standardized
    static let isPresent = FileManager.default.fileExists(atPath: shared.appending(path: "reference").path)
    static let utterances = ["1688-142285-0002", "32-21625-0000", "367-130732-0003"]

    static func vector(_ utterance: String, _ name: String) throws -> NumPyFile {
        try NumPyFile(shared.appending(path: "reference/\(utterance)/\(name).npy"))
    }

    static func flac(_ utterance: String) throws -> [UInt8]? {
        let parts = utterance.split(separator: "-")
        let corpus = shared.appending(path: "data/LibriSpeech")
        for subset in try FileManager.default.contentsOfDirectory(atPath: corpus.path) {
            let url = corpus.appending(path: "\(subset)/\(parts[0])/\(parts[1])/\(utterance).flac")
            if let data = try? Data(contentsOf: url) { return [UInt8](data) }
        }
        return nil
    }

    static func waveform(_ utterance: String) throws -> [Float] {
        try vector(utterance, "pcm_i16").words.map { Float($0) / 32768 }
    }
}

/// How far `a` is from `b`, in dB of b's power; where `edge` samples at both ends are left out.
private func distanceDB(_ a: [Float], _ b: [Float], edge: Int) -> Double {
    let range = edge..<b.count - edge
    let difference = range.reduce(0.0) { $0 + pow(Double(a[$1] - b[$1]), 2) }
    return 10 * log10(difference / range.reduce(0.0) { $0 + pow(Double(b[$1]), 2) })
}

@Suite(.enabled(if: Reference.isPresent)) struct ReferenceTests {
    @Test("a LibriSpeech utterance decodes to the samples soundfile reads", arguments: Reference.utterances)
    func decoded(utterance: String) throws {
        let bytes = try #require(try Reference.flac(utterance))
        #expect(try decode(bytes).words == Reference.vector(utterance, "pcm_i16").words)
    }

    @Test("decimation equals x[::4]", arguments: Reference.utterances)
    func decimated(utterance: String) throws {
        let output = try resample(Reference.waveform(utterance), 16000, 4000, method: .decimate)
        #expect(output == (try Reference.vector(utterance, "naive_4k").floats))
    }

    @Test(
        "libsamplerate's converters equal its Python binding within 1e-5", arguments: Reference.utterances,
        [ResampleMethod.sincFastest, .sincMedium, .sincBest])
    func samplerate(utterance: String, method: ResampleMethod) throws {
        let name = "src_\(method.rawValue.dropFirst(5))_4k"
        let wanted = try Reference.vector(utterance, name).floats
        let output = try resample(Reference.waveform(utterance), 16000, 4000, method: method)
        #expect(output.count == wanted.count)
        #expect(zip(output, wanted).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    /// The two filters differ only between 1800 Hz, where ours begins to fall, and 2000 Hz: soxr's VHQ passes
    /// up to 1826 Hz. Speech has a thousandth of its power there: −35 to −42 dB of difference in these
    /// utterances, and −106 dB once both are limited to 1 kHz.
    @Test(
        "the Kaiser FIR agrees with soxr's VHQ but for the transition band", arguments: Reference.utterances)
    func soxr(utterance: String) throws {
        let wanted = try Reference.vector(utterance, "soxr_vhq_4k").floats
        let output = try resample(Reference.waveform(utterance), 16000, 4000)
        #expect(output.count == wanted.count)
        let whole = distanceDB(output, wanted, edge: 0)
        // Below the transition both are flat: smoothing both alike (a third resampling to 2 kHz) leaves nothing.
        let low = distanceDB(try resample(output, 4000, 2000), try resample(wanted, 4000, 2000), edge: 200)
        #expect(whole < -30)
        #expect(low < -100)
    }
}
