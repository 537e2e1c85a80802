import Corpus
import Foundation
import Testing

@testable import Stages

@Suite("Kaldi data directories")
struct CorporaKaldiTests {
    /// Two recordings of a second and of two, and a data directory two folders below them.
    private func corpus(
        segments: String? = "u1 r1 0.25 0.5\nu2 r1 0.5 -1\nu3 r2 0 1.5\n",
        utt2spk: String = "u1 anna\nu2 anna\nu3 bert\n",
        wav: String = "r1 audio/one.wav\nr2 audio/two.flac\n",
        more: [String: String] = ["spk2gender": "anna f\nbert m\n"]
    ) throws -> LayoutBuild {
        let made = try LayoutBuild("kaldi", place: "data/train")
        try made.folder.write(StageSound.wave(Self.one), to: "audio/one.wav")
        try made.folder.write(StageFlac(samples: Self.two).bytes, to: "audio/two.flac")
        try made.folder.write(wav, to: "data/train/wav.scp")
        try made.folder.write(utt2spk, to: "data/train/utt2spk")
        if let segments { try made.folder.write(segments, to: "data/train/segments") }
        for (name, text) in more { try made.folder.write(text, to: "data/train/" + name) }
        return made
    }

    private static let one = StageSound.samples(16_000, key: 1)
    private static let two = StageSound.samples(32_000, key: 2)

    private func contents(_ made: LayoutBuild) throws(StageError) -> CorpusContents {
        let request = Recipe.CorpusRequest(
            name: "made", layout: .kaldi, path: made.folder.path + "/data/train", subsets: [], speakers: [],
            place: "made.yaml:3")
        return try CorpusReader(request: request).read(unknownSpeakers: .quarantine)
    }

    private func complaint(_ made: LayoutBuild) -> String {
        do {
            _ = try contents(made)
            return ""
        } catch {
            return error.message
        }
    }

    @Test("segments are parts of their recordings, to the sample")
    func segments() async throws {
        let made = try corpus()
        let summary = try await made.build()
        #expect(summary.utterances == 3 && summary.quarantined == 0 && summary.warnings.isEmpty)
        let found = try made.waveforms()
        #expect(found["u1"] == StageSound.floats(Array(Self.one[4_000..<8_000])))
        #expect(found["u2"] == StageSound.floats(Array(Self.one[8_000...])))
        #expect(found["u3"] == StageSound.floats(Array(Self.two[..<24_000])))
        #expect(abs(summary.hours - Double(4_000 + 8_000 + 24_000) / 16_000 / 3600) < 1e-12)
        let rows = try made.result().utterances()
        #expect(Set(rows.map(\.session)) == ["r1", "r2"])
        let folder = made.folder.path + "/data/train/../.."
        #expect(
            rows.map(\.path).sorted() == [
                folder + "/audio/one.wav#t=0.25,0.5", folder + "/audio/one.wav#t=0.5,",
                folder + "/audio/two.flac#t=0,1.5",
            ])
        #expect(Set(rows.filter { $0.speaker == "anna" }.map(\.source)).count == 1)
    }

    @Test("a second build runs nothing; other times run the segment's pack alone")
    func again() async throws {
        let made = try corpus()
        let first = try await made.build()
        let again = try await made.build()
        #expect(again.tasks.ran == 0 && again.dataset == first.dataset)
        try made.folder.write("u1 r1 0.25 0.5\nu2 r1 0.75 -1\nu3 r2 0 1.5\n", to: "data/train/segments")
        let later = try await made.build()
        // ingest, resample, frame, features, fingerprint of anna's pack, the split and its certificate.
        #expect(later.tasks.ran == 7)
        #expect(try made.waveforms()["u2"] == StageSound.floats(Array(Self.one[12_000...])))
    }

    @Test("a new segment of a known recording does not read the others' audio as changed")
    func newSegment() async throws {
        let made = try corpus()
        try await made.build()
        try made.folder.write(
            "u1 r1 0.25 0.5\nu2 r1 0.5 -1\nu3 r2 0 1.5\nu4 r2 1.5 2\n", to: "data/train/segments")
        try made.folder.write("u1 anna\nu2 anna\nu3 bert\nu4 bert\n", to: "data/train/utt2spk")
        let plan = try await made.builder().plan()
        #expect(plan.stages.first?.stale == 1)
        #expect(try await made.build().utterances == 4)
        #expect(try made.waveforms()["u4"] == StageSound.floats(Array(Self.two[24_000...])))
    }

    @Test("a part sounds to the digest like a file of the same samples")
    func digest() async throws {
        let made = try corpus()
        try await made.build()
        let whole = try corpus(segments: nil, utt2spk: "w1 anna\n", wav: "w1 part.wav\n")
        try whole.folder.write(StageSound.wave(Array(Self.one[4_000..<8_000])), to: "data/train/part.wav")
        try await whole.build()
        let part = try #require(try made.result().utterances().first { $0.id == "u1" })
        #expect(try whole.result().utterances().map(\.audio) == [part.audio])
    }

    @Test("without segments a recording is an utterance and a session of its own")
    func withoutSegments() throws {
        let contents = try contents(corpus(segments: nil, utt2spk: "r2 bert\nr1 anna\n"))
        #expect(contents.ids == ["r1", "r2"] && contents.rejections.isEmpty)
        #expect(contents.utterances.map(\.session) == ["r1", "r2"])
        #expect(contents.speakers["anna"]?.sex == .female && contents.speakers["bert"]?.sex == .male)
    }

    @Test("sessions may be told by utterance or by recording")
    func sessions() throws {
        let byRecording = try contents(
            corpus(more: ["reco2session": "r1 monday\n", "spk2gender": "anna f\n"]))
        #expect(byRecording.utterances.map(\.session) == ["monday", "monday", "r2"])
        #expect(
            byRecording.warnings == [
                "corpus 'made': spk2gender lacks 1 of 2 speakers, whose sex is not known"
            ])
        let both = try contents(corpus(more: ["reco2session": "r1 monday\n", "utt2session": "u2 late\n"]))
        #expect(both.utterances.map(\.session) == ["late", "monday", "r2"])
        #expect(both.warnings.count == 1 && both.warnings[0].contains("has no spk2gender"))
    }

    @Test("what does not fit together is quarantined by name, and a command is never run")
    func quarantined() async throws {
        let made = try corpus(
            segments: "u1 r1 0.25 0.5\nlate r1 0.5 1.0001\nback r1 0.5 0.5\nlost r9 0 1\nnobody r1 0 0.5\n"
                + "ran r3 0 1\ngone r4 0 1\nstart r1 2 -1\n",
            utt2spk:
                "u1 anna\nlate anna\nback anna\nlost anna\nran anna\ngone anna\nextra anna\nstart anna\n",
            wav: "r1 audio/one.wav\nr2 audio/two.flac\nr3 touch RAN; cat audio/one.wav |\nr4 none.wav\n")
        let ran = FileManager.default.currentDirectoryPath + "/RAN"
        let summary = try await made.build(set: ["ingest.tolerance=9"])
        #expect(summary.utterances == 1 && summary.quarantined == 8)
        let reasons = try made.quarantine()
        #expect(
            reasons == [
                "late": "beyond-end", "back": "bad-segment", "lost": "no-recording", "nobody": "no-speaker",
                "ran": "command", "gone": "missing-file", "extra": "no-recording", "start": "beyond-end",
            ])
        #expect(!FileManager.default.fileExists(atPath: ran))
        #expect(summary.warnings == ["corpus 'made': 1 recordings of wav.scp have no segment"])
        let rows = try made.result().quarantine()
        let message = try #require(rows.first { $0.utterance == "ran" }?.message)
        #expect(message.contains("wav.scp:3: a command stands here for r3, and commands are never run"))
        let late = try #require(rows.first { $0.utterance == "late" }?.message)
        #expect(late.contains("ends 1 samples (at 16000 Hz) after its recording of 16000"))
        #expect(try await made.build(set: ["ingest.tolerance=9"]).tasks.ran == 0)
    }

    @Test("a damaged recording is quarantined for each of its segments")
    func damaged() async throws {
        let made = try corpus()
        var bytes = StageFlac(samples: Self.two).bytes
        bytes.removeLast(900)
        try made.folder.write(bytes, to: "audio/two.flac")
        #expect(try await made.build(set: ["ingest.tolerance=1"]).quarantined == 1)
        #expect(try made.quarantine() == ["u3": "truncated"])
        var wrong = StageFlac(samples: Self.two)
        wrong.declaredMD5 = [UInt8](repeating: 7, count: 16)
        try made.folder.write(wrong.bytes, to: "audio/two.flac")
        try await made.build(set: ["ingest.tolerance=1"])
        #expect(try made.quarantine() == ["u3": "md5-mismatch"])
    }

    @Test("files that are missing, empty or malformed are errors with their place")
    func errors() throws {
        let made = try corpus()
        try made.folder.remove("data/train/utt2spk")
        #expect(complaint(made).contains("has no utt2spk, which every Kaldi data directory has"))
        for (name, text, said) in [
            ("segments", "u1 r1 0.25\n", "segments:1: a segment is 'UTTERANCE RECORDING START END'"),
            ("segments", "u1 r1 x 1\n", "segments:1: a segment is"),
            ("segments", "u1 r1 -1 1\n", "segments:1: a segment is"),
            ("utt2spk", "u1 a\nu1 b\n", "utt2spk:2: 'u1' is listed twice"),
            ("wav.scp", "r1\n", "wav.scp:1: nothing follows 'r1'"), ("wav.scp", "\n", "wav.scp is empty"),
        ] {
            let made = try corpus(more: [name: text])
            #expect(complaint(made).contains(said), "\(complaint(made))")
        }
    }
}
