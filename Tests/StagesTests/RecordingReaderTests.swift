import ContentStore
import Foundation
import Testing

@testable import Stages

@Suite("recordings as the examples of a recipe") struct RecordingReaderTests {
    private static let raw = """
        corpora: {librispeech: {layout: librispeech}}
        resample: {rate: 4kHz}
        frame: {length: 500ms, every: 250ms}
        features: {kind: raw, normalize: rms, rms: 0.038}
        split: {by: list, train: [11, 12], test: [13, 14], near-identical: false}
        """

    /// Ways to make examples that have little in common.
    private static let ways: [[String]] = [
        [], ["features.dtype=float16"], ["features.normalize=dataset"],
        ["features.normalize=dataset", "features.dtype=float16"], ["features.normalize=utterance"],
        ["frame.tail=reflect"], ["frame.group=10", "frame.vad=drop", "frame.vad-share=90%"],
        ["resample.rate=8kHz"],
        ["features.resize=24x24", "features.channels=3"], ["frame.trim=100ms", "features.level=peak"],
    ]

    /// That a recording gives what the dataset has of the same file.
    private func compare(_ corpus: StageCorpus, _ recipe: Recipe, stage: String) throws {
        let result = try corpus.result()
        let statistics = try result.open("statistics", result.subjects("statistics").first ?? "")
        let reader = try RecordingReader(recipe, statistics: statistics)
        for speaker in 0..<4 {
            let subject = "librispeech/\(11 + speaker)/\(11 + speaker)0"
            let file = try #require(try result.open(stage, subject))
            let (shape, values) = try result.features(subject, stage: stage)
            let width = shape.dropFirst().reduce(1, *)
            let utterances = try file.unsigned("row.utterance")
            for number in 0..<4 {
                let rows = utterances.indices.filter { utterances[$0] == UInt32(number) }
                let path = corpus.folder.path + "/" + corpus.file(speaker, number / 2, number % 2)
                let heard = try reader.examples(path: path)
                #expect(heard.shape == Array(shape.dropFirst()) && heard.count == rows.count)
                #expect(heard.values == rows.flatMap { values[$0 * width..<($0 + 1) * width] }, "\(path)")
                #expect(heard.sampleRate == 16_000)
            }
        }
    }

    @Test("a recording gives value for value what a dataset has of the same file", arguments: ways)
    func same(settings: [String]) async throws {
        let corpus = try StageCorpus()
        let all = ["pairs="] + settings
        try await corpus.build(set: all)
        let stage = settings.contains("features.normalize=dataset") ? "normalize" : "features"
        try compare(corpus, try corpus.recipe(set: all), stage: stage)
    }

    @Test("so does a waveform at another rate, cut and whitened")
    func waveforms() async throws {
        let corpus = try StageCorpus()
        try await corpus.build(Self.raw)
        try compare(corpus, try corpus.recipe(Self.raw), stage: "features")
    }

    @Test("a recording of a rate that the corpus may not have is resampled")
    func rates() throws {
        let corpus = try StageCorpus(speakers: 1, sessions: 1, utterances: 1)
        try corpus.folder.write(
            StageSound.wave(StageSound.samples(88_200, key: 4), rate: 44_100), to: "a.wav")
        let heard = try RecordingReader(corpus.recipe()).examples(path: corpus.folder.path + "/a.wav")
        // 32 000 samples at 16 kHz: 198 frames, 6 groups of 32.
        #expect(
            heard.count == 6 && heard.shape == [32, 20] && heard.sampleRate == 44_100 && heard.seconds == 2)
        #expect(heard.values.allSatisfy { $0.isFinite })
    }

    @Test(
        "a recipe that normalizes by its dataset needs the dataset's numbers, and one of whole utterances no network"
    )
    func unusable() throws {
        let corpus = try StageCorpus(speakers: 1, sessions: 1, utterances: 1)
        let lacking = #expect(throws: StageError.self) {
            try RecordingReader(corpus.recipe(set: ["features.normalize=dataset"]))
        }
        #expect(lacking?.message.contains("normalizes by the train side") == true)
        let whole = try RecordingReader(corpus.recipe(set: ["frame.group="]))
        let uneven = #expect(throws: StageError.self) {
            try whole.examples(path: corpus.folder.path + "/" + corpus.file(0, 0, 0))
        }
        #expect(uneven?.message.contains("whole utterances of different lengths") == true)
    }
}
