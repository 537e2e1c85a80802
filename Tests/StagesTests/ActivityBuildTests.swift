import Foundation
import Testing

@testable import Stages

@Suite("builds that look for speech") struct ActivityBuildTests {
    /// Speech from 0.5 to 1 s of 1.5 s, and silence around it.
    private static func corpus() throws -> StageCorpus {
        let corpus = try StageCorpus(speakers: 2, sessions: 1, utterances: 1)
        for speaker in 0..<2 {
            var samples = [Int16](repeating: 0, count: 24_000)
            let spoken = StageSound.samples(8_000, key: UInt64(speaker + 70))
            for (index, sample) in spoken.enumerated() { samples[8_000 + index] = sample }
            samples[0] = 1
            try corpus.folder.write(StageSound.wave(samples), to: corpus.file(speaker, 0, 0))
        }
        return corpus
    }

    private static let rest = ["split.by=list", "split.train=[11]", "split.test=[12]", "pairs="]

    @Test("trim starts where speech starts and ends where it ends")
    func trim() async throws {
        let corpus = try Self.corpus()
        let frame = ["frame.group=", "frame.vad=trim", "frame.vad-hangover=0ms"]
        _ = try await corpus.build(set: Self.rest + frame)
        let features = try #require(try corpus.result().open("features", "librispeech/11/110"))
        let start = try #require(try features.integers("row.start").first)
        let length = try #require(try features.integers("row.length").first)
        #expect(abs(Int(start) - 8_000) <= 400 && abs(Int(length) - 8_000) <= 800)
    }

    @Test("drop leaves out examples without enough speech, and the others are what they were")
    func drop() async throws {
        let corpus = try Self.corpus()
        let whole = try await corpus.build(set: Self.rest + ["frame.group=10"], in: "whole")
        let dropped = try await corpus.build(
            set: Self.rest + [
                "frame.group=10", "frame.vad=drop", "frame.vad-share=90%", "frame.vad-hangover=0ms",
            ])
        #expect(dropped.examples < whole.examples && dropped.examples >= 8)
        let all = try #require(try corpus.result("whole").open("features", "librispeech/11/110"))
        let some = try #require(try corpus.result().open("features", "librispeech/11/110"))
        let starts = try all.integers("row.start")
        for (row, start) in try some.integers("row.start").enumerated() {
            let place = try #require(starts.firstIndex(of: start))
            let kept = try some.floats("features", rows: row..<row + 1)
            #expect(try kept == all.floats("features", rows: place..<place + 1))
        }
    }

    @Test("keys of speech without vad, and a share with trim, are refused")
    func refusals() {
        #expect(
            RecipeFixture.complaint(RecipeFixture.short, set: ["frame.vad-share=10%"]).contains(
                "goes with frame.vad"))
        #expect(
            RecipeFixture.complaint(RecipeFixture.short, set: ["frame.vad=trim", "frame.vad-share=10%"])
                .contains("goes with frame.vad: drop only"))
    }
}
