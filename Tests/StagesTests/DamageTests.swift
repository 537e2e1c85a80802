import Foundation
import Manifest
import Stages
import Testing

/// Files that cannot be used, each with the reason it must end in.
struct DamagedFile: Sendable, CustomTestStringConvertible {
    let name: String
    let reason: String
    /// Part of what a person is told.
    let told: String
    /// Puts the damage at a path without its ending, and returns the file's path.
    let put: @Sendable (StageFolder, String) throws -> String

    var testDescription: String { name }

    private static let sound = StageSound.samples(24_000, key: 77)

    private static func file(
        _ name: String, _ reason: String, _ told: String, _ ending: String,
        _ bytes: @escaping @Sendable () -> [UInt8]
    ) -> DamagedFile {
        DamagedFile(name: name, reason: reason, told: told) { folder, path in
            try folder.write(bytes(), to: "\(path).\(ending)")
            return "\(path).\(ending)"
        }
    }

    private static func flipped(_ bytes: [UInt8], at place: Int) -> [UInt8] {
        var bytes = bytes
        bytes[place] ^= 0x10
        return bytes
    }

    static let all: [DamagedFile] = [
        file("FLAC cut off in a frame", "truncated", "ends at sample 20480 of 24000", "flac") {
            Array(StageFlac(samples: sound).bytes.dropLast(3_000))
        },
        file("FLAC cut off between frames", "truncated", "ends at sample 8192 of 24000", "flac") {
            Array(StageFlac(samples: sound).bytes.prefix(42 + 2 * (4_096 * 2 + 11)))
        },
        file(
            "FLAC with one bit flipped in its audio", "corrupt", "checksum is wrong after sample 4096", "flac"
        ) {
            flipped(StageFlac(samples: sound).bytes, at: 9_000)
        },
        file("FLAC changed after its MD5 was taken", "md5-mismatch", "ingest.verify: crc", "flac") {
            StageFlac(samples: sound, declaredMD5: [UInt8](repeating: 7, count: 16)).bytes
        },
        file("WAV cut off", "truncated", "announces 48000 bytes and the file holds 46999", "wav") {
            Array(StageSound.wave(sound).dropLast(1_001))
        },
        file("WAV cut off in its header", "truncated", "too short", "wav") {
            Array(StageSound.wave(sound).prefix(30))
        },
        file("no bytes as FLAC", "empty", "no bytes", "flac") { [] },
        file("no bytes as WAV", "empty", "no bytes", "wav") { [] },
        file("text as FLAC", "not-audio", "not audio", "flac") { Array("<html>404 not found</html>".utf8) },
        file("text as WAV", "not-audio", "not audio", "wav") { Array("0.1 0.2 0.3\n".utf8) },
        file("another sample rate", "sample-rate", "22050 Hz where the recipe accepts 16000 Hz", "wav") {
            StageSound.wave(sound, rate: 22_050)
        },
        file("stereo", "several-channels", "ingest.channels", "wav") { StageSound.wave(sound, channels: 2) },
        file("a sample that is no number", "not-finite", "not a number", "wav") {
            StageSound.wave(floats: [0.1, .nan, 0.2] + [Float](repeating: 0.1, count: 20_000))
        },
        file("an infinite sample", "not-finite", "infinite", "wav") {
            StageSound.wave(floats: [0.1, -.infinity, 0.2])
        },
        file("WAV without a sample", "empty", "no samples", "wav") { StageSound.wave([]) },
        file("FLAC without a sample", "empty", "no samples", "flac") { StageFlac(samples: []).bytes },
        file("silence", "silent", "all its samples are zero", "wav") {
            StageSound.wave([Int16](repeating: 0, count: 20_000))
        },
        DamagedFile(name: "a link to nothing", reason: "unreadable", told: "No such file") { folder, path in
            try folder.link(path + ".flac", to: "/nowhere/at/all.flac")
            return path + ".flac"
        },
        DamagedFile(name: "a folder named as audio", reason: "unreadable", told: "it is not a file") {
            folder, path in
            try folder.makeFolder(path + ".flac")
            return path + ".flac"
        },
        DamagedFile(name: "a pipe named as audio", reason: "unreadable", told: "it is not a file") {
            folder, path in
            let made = unsafe mkfifo(folder.path + "/" + path + ".wav", 0o644)
            #expect(made == 0)
            return path + ".wav"
        },
        DamagedFile(name: "a second file with the id", reason: "duplicate-id", told: "has the same id as") {
            folder, path in
            try folder.write(StageSound.wave(sound), to: path + ".flac")
            try folder.write(StageSound.wave(sound), to: path + ".wav")
            return path + ".wav"
        },
    ]
}

@Suite("damaged and doubtful files")
struct DamageTests {
    @Test(
        "each kind ends in its reason with its path; everything else is built; mending it runs its pack alone",
        arguments: DamagedFile.all)
    func kinds(damage: DamagedFile) async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        let clean = try await corpus.build(set: ["pairs.count=8"])
        let before = try corpus.result().digests("features")
        let base = String(corpus.file(2, 0, 5).dropLast(".wav".count))
        let path = try damage.put(corpus.folder, base)
        let added = damage.reason == "duplicate-id" ? 2 : 1
        let built = try await corpus.build(set: ["pairs.count=8"])
        #expect(built.quarantined == 1 && built.reasons == [damage.reason: 1] && built.isBeyondTolerance)
        #expect(built.utterances + built.quarantined == corpus.fileCount + added)
        let row = try #require(try corpus.result().quarantine().first)
        #expect(row.reason == damage.reason && row.stage == "ingest" && row.corpus == "librispeech")
        #expect(row.utterance == corpus.id(2, 0, 5) && row.path == corpus.folder.path + "/" + path)
        #expect(row.message.contains(damage.told), "\(row.message)")
        let after = try corpus.result().digests("features")
        #expect(after.count == 4)
        #expect(after.filter { before[$0.key] != $0.value }.keys.allSatisfy { $0 == "librispeech/13/130" })
        #expect(built.dataset == clean.dataset || added == 2)
        // A second build runs nothing; the file mended, its pack runs and what follows it.
        #expect(try await corpus.build(set: ["pairs.count=8"]).tasks.ran == 0)
        try corpus.folder.remove(path)
        try corpus.folder.write(StageSound.wave(StageSound.samples(24_000, key: 78)), to: base + ".wav")
        if added == 2 { try corpus.folder.remove(base + ".flac") }
        let mended = try await corpus.build(set: ["pairs.count=8"])
        #expect(mended.tasks.ran == 4 + 3 && mended.quarantined == 0)
        #expect(mended.utterances == corpus.fileCount + 1)
    }

    @Test(
        "all kinds at once: files are utterances and quarantined to the last one, with any number of workers")
    func together() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        var reasons: [String: Int] = [:]
        for (number, damage) in DamagedFile.all.enumerated() {
            let id = "1\(1 + number % 4)-\(1 + number % 4)0-\(1_000 + number)"
            _ = try damage.put(corpus.folder, "corpus/damaged/\(number % 3)/\(id)")
            reasons[damage.reason, default: 0] += 1
        }
        try corpus.folder.write(StageSound.wave(corpus.samples(0, 0, 0)), to: "corpus/damaged/notes.wav")
        try corpus.folder.write(StageSound.wave(corpus.samples(0, 0, 0)), to: "corpus/damaged/999-1-0000.wav")
        reasons["bad-name"] = 1
        reasons["unknown-speaker"] = 1
        let one = try await corpus.build(jobs: 1)
        let files = corpus.fileCount + DamagedFile.all.count + 1 + 2
        #expect(one.reasons == reasons && one.quarantined == DamagedFile.all.count + 2)
        #expect(one.utterances + one.quarantined == files && one.utterances == corpus.fileCount + 1)
        #expect(try corpus.result().quarantine().count == one.quarantined)
        #expect(try corpus.result().utterances().count == one.utterances)
        let eight = try await corpus.build(jobs: 8, in: "eight")
        #expect(eight.dataset == one.dataset)
        #expect(try await corpus.build().tasks.ran == 0)
    }

    @Test("a pack of nothing but damage is empty, and the build goes on")
    func emptyPack() async throws {
        let corpus = try StageCorpus(speakers: 5, sessions: 1, utterances: 1)
        try corpus.folder.write("nothing", to: corpus.file(4, 0, 0))
        let summary = try await corpus.build(set: ["pairs.count=8"])
        #expect(summary.quarantined == 1 && summary.utterances == 4)
        #expect(try corpus.result().features("librispeech/15/150").shape == [0, 32, 20])
        #expect(try await corpus.build(set: ["pairs.count=8"]).tasks.ran == 0)
    }

    @Test("the tolerance says how many quarantined utterances are all right, and changes nothing else")
    func tolerance() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        for number in 0..<2 { try corpus.folder.write("no audio", to: corpus.file(number, 0, 1)) }
        let strict = try await corpus.build(set: ["pairs.count=8"])
        #expect(strict.isBeyondTolerance && strict.tolerance == 0 && strict.quarantined == 2)
        for (tolerance, isBeyond) in [(1, true), (2, false), (3, false)] {
            let summary = try await corpus.build(set: ["pairs.count=8", "ingest.tolerance=\(tolerance)"])
            #expect(summary.isBeyondTolerance == isBeyond && summary.tasks.ran == 0)
        }
    }

    @Test("a rule that admits what was quarantined takes it in")
    func admitted() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        let sound = StageSound.samples(48_000, key: 5)
        try corpus.folder.write(StageSound.wave(sound, channels: 2), to: corpus.file(0, 0, 5))
        try corpus.folder.write(StageSound.wave(sound, rate: 32_000), to: corpus.file(1, 0, 5))
        try corpus.folder.write(
            StageFlac(samples: sound, declaredMD5: [UInt8](repeating: 7, count: 16)).bytes,
            to: corpus.file(2, 0, 5, "flac"))
        try corpus.folder.write(
            StageSound.wave(StageSound.samples(9_000, key: 6)), to: "corpus/999-1-0001.wav")
        let rules = ["ingest.minimum=1s", "pairs.count=8"]
        let strict = try await corpus.build(set: rules)
        #expect(
            strict.reasons == [
                "several-channels": 1, "sample-rate": 1, "md5-mismatch": 1, "unknown-speaker": 1,
            ])
        let known = try await corpus.build(set: rules + ["ingest.unknown-speakers=accept"])
        #expect(
            known.reasons == ["several-channels": 1, "sample-rate": 1, "md5-mismatch": 1, "too-short": 1])
        let loose = try await corpus.build(
            set: [
                "pairs.count=8", "ingest.channels=first", "ingest.rates=[]", "ingest.verify=crc",
                "ingest.unknown-speakers=accept",
            ])
        #expect(loose.quarantined == 0 && loose.utterances == 8)
        let rows = try corpus.result().utterances()
        #expect(rows.first { $0.id == "11-110-0005" }?.sampleCount == 24_000)
        #expect(rows.first { $0.id == "12-120-0005" }?.sampleRate == 32_000)
    }

    @Test("a speaker added to SPEAKERS.TXT is taken in, and runs its pack alone")
    func speakerAdded() async throws {
        let corpus = try StageCorpus()
        try corpus.folder.write(
            StageSound.wave(StageSound.samples(24_000, key: 5)), to: "corpus/999-1-0000.wav")
        #expect(try await corpus.build().reasons == ["unknown-speaker": 1])
        try corpus.writeSpeakers(extra: "999 | M | train-clean-100 | 1 | Late\n")
        let mended = try await corpus.build()
        #expect(mended.quarantined == 0 && mended.tasks.ran == 4 + 3)
    }

    @Test("a rate that the method does not convert is quarantined by resample, and counted once")
    func unsupportedRate() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        try corpus.folder.write(
            StageSound.wave(StageSound.samples(24_000, key: 5), rate: 22_050), to: corpus.file(1, 0, 0))
        let rules = [
            "ingest.rates=[]", "resample.rate=8kHz", "resample.method=decimate", "features.high=4kHz",
            "pairs.count=8",
        ]
        let summary = try await corpus.build(set: rules)
        #expect(summary.reasons == ["unsupported-rates": 1] && summary.quarantined == 1)
        #expect(summary.utterances + summary.quarantined == corpus.fileCount && summary.short == 0)
        let row = try #require(try corpus.result().quarantine().first)
        #expect(
            row.stage == "resample" && row.utterance == "12-120-0000" && row.path.hasSuffix("12-120-0000.wav")
        )
        #expect(row.message.contains("22050") && row.source != nil)
        #expect(try await corpus.build(set: rules).tasks.ran == 0)
        let frame = try #require(try corpus.result().open("frame", "librispeech/12/120"))
        #expect(try frame.unsigned("row.utterance").allSatisfy { $0 == 1 })
        // Cut anew without decoding, it is still not there.
        let cut = try await corpus.build(set: rules + ["frame.minimum=100ms"])
        #expect(cut.tasks.ran == 4 && cut.quarantined == 1 && cut.dataset == summary.dataset)
    }

    @Test("an utterance too short for one example is counted as short, not quarantined")
    func short() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        try corpus.folder.write(StageSound.wave(StageSound.samples(5_359, key: 5)), to: corpus.file(0, 0, 5))
        try corpus.folder.write(StageSound.wave(StageSound.samples(5_360, key: 5)), to: corpus.file(0, 0, 6))
        let summary = try await corpus.build()
        #expect(summary.short == 1 && summary.quarantined == 0 && summary.utterances == corpus.fileCount + 2)
        let padded = try await corpus.build(set: ["frame.tail=zero"])
        #expect(padded.short == 0)
    }

    @Test("a file that changes between two builds is read anew though its size stays")
    func changedInPlace() async throws {
        let corpus = try StageCorpus()
        let dataset = try await corpus.build().dataset
        var bytes = try corpus.folder.read(corpus.file(1, 0, 1))
        bytes[5_000] ^= 1
        try corpus.folder.write(bytes, to: corpus.file(1, 0, 1))
        let changed = try await corpus.build()
        #expect(changed.tasks.ran == 4 + 3 && changed.dataset != dataset)
    }
}
