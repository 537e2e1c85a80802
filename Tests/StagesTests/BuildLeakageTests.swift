import Foundation
import Stages
import Testing

@Suite("what the sides of a split share")
struct BuildLeakageTests {
    private func complaint(_ corpus: StageCorpus, _ settings: [String] = []) async throws -> String {
        do {
            _ = try await corpus.build(set: settings)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "the same audio under two speakers on two sides fails the build by name, and may be admitted by name")
    func sameAudio() async throws {
        let corpus = try StageCorpus()
        // Another file, and the same sound.
        try corpus.folder.write(
            StageSound.wave(corpus.samples(0, 0, 0), chunk: StageSound.tagChunk("copied")),
            to: corpus.file(3, 1, 1))
        let complaint = try await complaint(corpus)
        #expect(complaint.contains("on two sides stand 1 audio (11-110-0000)"), "\(complaint)")
        #expect(complaint.contains("split.allow: [audio]"), "\(complaint)")
        let admitted = try await corpus.build(set: ["split.allow=[audio]"])
        #expect(admitted.leaks.map { "\($0.kind) \($0.count)" } == ["audio 1"])
        #expect(try await corpus.build(set: ["split.allow=[audio]"]).tasks.ran == 0)
        let allowed = try await corpus.build(set: ["split.allow=[audio]", "features.mels=24"])
        #expect(allowed.tasks.ran == 5)
        // A build without the permission fails as before, though all it needs is recorded.
        #expect(try await self.complaint(corpus).contains("on two sides stand 1 audio"))
    }

    @Test("the same audio twice on one side, or in what is not used, is no leak")
    func sameSide() async throws {
        let corpus = try StageCorpus()
        try corpus.folder.write(StageSound.wave(corpus.samples(0, 0, 0)), to: corpus.file(1, 1, 1))
        #expect(try await corpus.build().leaks.isEmpty)
        let unused = try StageCorpus(speakers: 5)
        try unused.folder.write(StageSound.wave(unused.samples(0, 0, 0)), to: unused.file(4, 1, 1))
        #expect(try await unused.build().leaks.isEmpty)
    }

    @Test("a split by example names speakers, sessions and utterances on two sides unless each is admitted")
    func byExample() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 3)
        let split = ["split.by=example", "split.train=50%", "split.test=50%"]
        let complaint = try await complaint(corpus, split)
        for leak in ["4 speakers", "4 sessions", "utterances"] {
            #expect(complaint.contains(leak), "\(complaint)")
        }
        #expect(complaint.contains("split.allow: [speaker, session, utterance]"), "\(complaint)")
        let partly = try await self.complaint(corpus, split + ["split.allow=[speaker,utterance]"])
        #expect(partly.contains("on two sides stand 4 sessions (librispeech/11/110"), "\(partly)")
        #expect(!partly.contains("speakers ("), "\(partly)")
        let admitted = try await corpus.build(set: split + ["split.allow=[utterance,session,speaker]"])
        #expect(admitted.leaks.map(\.kind) == ["speaker", "session", "utterance"])
        #expect(
            (admitted.sides["train"]?.examples ?? 0) + (admitted.sides["test"]?.examples ?? 0)
                == admitted.examples)
    }

    @Test("a split by utterance shares no utterance")
    func byUtterance() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 4)
        let summary = try await corpus.build(
            set: [
                "split.by=utterance", "split.train=50%", "split.test=50%", "split.allow=[speaker,session]",
                "pairs.count=4",
            ])
        #expect(summary.leaks.map(\.kind) == ["speaker", "session"])
        #expect((summary.sides["train"]?.utterances ?? 0) + (summary.sides["test"]?.utterances ?? 0) == 16)
    }

    @Test("a split that fails leaves what was made before it, and mending the corpus runs the rest alone")
    func mended() async throws {
        let corpus = try StageCorpus()
        try corpus.folder.write(StageSound.wave(corpus.samples(0, 0, 0)), to: corpus.file(3, 1, 1))
        #expect(try await complaint(corpus).contains("on two sides"))
        try corpus.folder.write(StageSound.wave(corpus.samples(3, 1, 1)), to: corpus.file(3, 1, 1))
        #expect(try await corpus.build().tasks.ran == 4 + 3)
    }
}
