import Foundation
import Testing

@testable import Audio

/// Real speech, when the folder with it lies beside the package.
private enum RealSpeech {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/data/LibriSpeech").standardized.path

    /// One utterance in `step`, in the order of their paths.
    static func files(each step: Int) -> [String] {
        let all = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        let sounds = all.filter { $0.hasSuffix(".flac") }.sorted()
        return stride(from: 0, to: sounds.count, by: step).map { root + "/" + sounds[$0] }
    }

    static func waveform(_ path: String) throws -> [Float] {
        let audio = try decode([UInt8](try Data(contentsOf: URL(filePath: path))))
        return Array(audio.samples.prefix(audio.sampleCount))
    }
}

@Suite("speech in real speech", .enabled(if: FileManager.default.fileExists(atPath: RealSpeech.root)))
struct SpeechActivityRealTests {
    private static let parameters = SpeechActivityParameters(
        windowSampleCount: 400, hopSampleCount: 160, thresholdDB: 30, floorDB: 70, hangoverFrameCount: 20)

    @Test("utterances read aloud are mostly speech, silence put around them is found, and gain moves nothing")
    func utterances() throws {
        var activity = SpeechActivity(Self.parameters)
        for path in RealSpeech.files(each: 10) {
            let waveform = try RealSpeech.waveform(path)
            activity.analyze(waveform.span)
            let range = try #require(activity.speechRange(), "\(path)")
            #expect(range.count * 10 >= waveform.count * 8, "\(path): \(range) of \(waveform.count)")
            #expect(activity.speechShare(in: 0..<waveform.count) >= 0.7, "\(path)")
            let silence = [Float](repeating: 0, count: 16_000)
            let padded = silence + waveform + silence
            activity.analyze(padded.span)
            let found = try #require(activity.speechRange(), "\(path)")
            // A window that lies mostly in the silence may still be loud enough, and hangover adds 20 frames.
            let reach = 400 + 20 * 160
            #expect(found.lowerBound >= 16_000 - reach && found.upperBound <= 16_000 + waveform.count + reach)
            let frames = (0..<activity.frameCount).map { activity.isSpeech(frame: $0) }
            let louder = padded.map { $0 * 2 }
            activity.analyze(louder.span)
            #expect((0..<activity.frameCount).map { activity.isSpeech(frame: $0) } == frames, "\(path)")
        }
    }
}
