import Foundation
import Testing

@testable import Stages

@Suite("recordings from a pipe") struct PipedRecordingTests {
    private let samples = StageSound.samples(32_000, key: 9)

    /// What a recorder that was stopped leaves in the pipe: a WAV whose length it did not know.
    private func piped(_ bytes: [UInt8]) throws -> PipedRecording {
        let pipe = Pipe()
        // More than a pipe holds: written while it is read.
        let writer = Thread {
            pipe.fileHandleForWriting.write(Data(bytes))
            try? pipe.fileHandleForWriting.close()
        }
        writer.start()
        return try PipedRecording(pipe.fileHandleForReading)
    }

    @Test(
        "a WAV of unknown length is as long as what came",
        arguments: [0x8000_0000, 0x7FFF_FF00, 0x7FFF_F000, 0xFFFF_FFFF])
    func openLength(announced: Int) throws {
        let corpus = try StageCorpus(speakers: 1, sessions: 1, utterances: 1)
        let reader = try RecordingReader(corpus.recipe())
        let whole = try piped(StageSound.wave(samples))
        let open = try piped(
            StageSound.wave(samples, chunk: StageSound.tagChunk("made up"), announcing: announced))
        let (wanted, found) = (try reader.examples(path: whole.path), try reader.examples(path: open.path))
        #expect(found.values == wanted.values && found.count == 6)
    }

    @Test("a WAV that announces a length it could know, and came to less, stays cut off")
    func cutOff() throws {
        let bytes = StageSound.wave(samples, announcing: 70_000)
        #expect(PipedRecording.withOpenLength(bytes) == bytes)
    }

    @Test("what is no WAV is left as it is", arguments: ["", "RIFF", "RIFF....WAVE", "fLaC and more bytes"])
    func others(text: String) {
        #expect(PipedRecording.withOpenLength(Array(text.utf8)) == Array(text.utf8))
    }

    @Test("the file goes when it is no longer used")
    func removed() throws {
        var piped: PipedRecording? = try piped([1, 2, 3])
        let path = try #require(piped?.path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([1, 2, 3]))
        piped = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
