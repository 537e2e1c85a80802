import Foundation
import Testing

@testable import Stages

@Suite("recordings that give no example") struct BadRecordingTests {
    private let corpus: StageCorpus

    init() throws { corpus = try StageCorpus(speakers: 1, sessions: 1, utterances: 1) }

    /// The sentence about a file of these bytes.
    private func complaint(
        _ bytes: [UInt8]?, set settings: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        if let bytes { try corpus.folder.write(bytes, to: "a.wav") }
        let reader = try RecordingReader(corpus.recipe(set: settings))
        let error = #expect(throws: StageError.self, sourceLocation: sourceLocation) {
            try reader.examples(path: corpus.folder.path + "/a.wav")
        }
        let message = error?.message.replacing(corpus.folder.path + "/", with: "") ?? ""
        // One sentence, which says of what.
        #expect(message.contains("a.wav") && !message.contains("\n"), sourceLocation: sourceLocation)
        return message
    }

    @Test("a file that is not there, empty, no audio or cut off is named with the reason")
    func files() throws {
        #expect(
            try complaint(nil)
                == "cannot read a.wav: No such file or directory; name a recording that is there")
        #expect(try complaint([]).contains("cannot be used (empty)"))
        #expect(try complaint(Array("not audio at all".utf8)).contains("cannot be used (not-audio)"))
        let whole = StageSound.wave(StageSound.samples(32_000, key: 1))
        #expect(try complaint(Array(whole.dropLast(100))).contains("cannot be used (truncated)"))
    }

    @Test("several channels are mixed where a corpus would have to have one, and said to be several")
    func stereo() throws {
        let wave = StageSound.wave(StageSound.samples(64_000, key: 1), channels: 2)
        try corpus.folder.write(wave, to: "a.wav")
        let heard = try ["reject", "mix", "first"].map {
            try RecordingReader(corpus.recipe(set: ["ingest.channels=\($0)"]))
                .examples(path: corpus.folder.path + "/a.wav")
        }
        #expect(heard.allSatisfy { $0.count == 6 && $0.channelCount == 2 })
        #expect(heard[0].values == heard[1].values && heard[0].values != heard[2].values)
    }

    @Test("numbers that are none, and absurdly large ones, are refused")
    func wild() throws {
        var floats = [Float](repeating: 0.1, count: 32_000)
        floats[77] = .nan
        #expect(try complaint(StageSound.wave(floats: floats)).contains("cannot be used (not-finite)"))
        floats[77] = 1e9
        #expect(try complaint(StageSound.wave(floats: floats)).contains("cannot be used (out-of-range)"))
    }

    @Test("silence is called silence")
    func silence() throws {
        let silent = StageSound.wave([Int16](repeating: 0, count: 32_000))
        #expect(try complaint(silent) == "a.wav is silent, all its samples are zero; is the microphone on?")
    }

    @Test("where the search for speech leaves nothing, that is said, and not that the recording is short")
    func speechless() throws {
        // A click of 10 ms in quiet noise.
        var samples = [Int16](repeating: 0, count: 32_000)
        for index in 0..<160 { samples[16_000 + index] = index % 2 == 0 ? 20_000 : -20_000 }
        let settings = ["frame.vad=drop", "frame.vad-share=90%", "frame.vad-hangover=0ms"]
        #expect(
            try complaint(StageSound.wave(samples), set: settings)
                == "in a.wav nobody is heard to speak for as long as an example takes (frame.vad); record louder or longer"
        )
    }

    @Test(
        "a recording shorter than an example is told how long one is",
        arguments: [(5_359, false), (5_360, true)])
    func short(count: Int, isEnough: Bool) throws {
        // 32 frames of 25 ms every 10 ms: 31 · 160 + 400 samples.
        let wave = StageSound.wave(StageSound.samples(count, key: 3))
        if isEnough {
            try corpus.folder.write(wave, to: "a.wav")
            #expect(
                try RecordingReader(corpus.recipe()).examples(path: corpus.folder.path + "/a.wav").count == 1)
        } else {
            #expect(
                try complaint(wave)
                    == "a.wav lasts 0.33 s, and 'small' makes its first example of 0.34 s; record more")
        }
    }

    @Test("the least length counts what is trimmed, and what ingest asks for")
    func trimmed() throws {
        let wave = StageSound.wave(StageSound.samples(5_360, key: 3))
        #expect(try complaint(wave, set: ["frame.trim=250ms"]).contains("first example of 0.84 s"))
        #expect(try complaint(wave, set: ["ingest.minimum=2s"]).contains("first example of 2.00 s"))
    }

    @Test("another name is the one that is printed")
    func named() throws {
        try corpus.folder.write(Array("junk".utf8), to: "b.wav")
        let error = #expect(throws: StageError.self) {
            try RecordingReader(corpus.recipe()).examples(
                path: corpus.folder.path + "/b.wav", called: "standard input")
        }
        #expect(error?.message.hasPrefix("standard input cannot be used (not-audio)") == true)
    }
}
