import ContentStore
import Foundation
import Stages
import Testing

@Suite("building once and building again")
struct BuildTests {
    /// Tasks of a first build of the small recipe: four stages a pack, a split, a shard of pairs.
    private func allTasks(_ corpus: StageCorpus) -> Int { corpus.speakerCount * 4 + 3 }

    @Test("a build counts what it made, and a second one runs nothing and says the same")
    func twice() async throws {
        let corpus = try StageCorpus()
        let first = try await corpus.build()
        #expect(first.tasks.ran == allTasks(corpus) && first.tasks.upToDate == 0)
        #expect(first.utterances == corpus.fileCount && first.quarantined == 0 && first.reasons.isEmpty)
        let sampleCount = (0..<4).flatMap { corpus.samples(of: $0) }.reduce(0) { $0 + $1.count }
        #expect(abs(first.hours - Double(sampleCount) / 16_000 / 3_600) < 1e-12)
        let examples = (0..<4).map { speaker in
            corpus.samples(of: speaker).reduce(0) { $0 + (1 + ($1.count - 400) / 160) / 32 }
        }
        #expect(first.examples == examples.reduce(0, +) && first.pairs == 20 && first.short == 0)
        #expect(
            first.sides["train"]?.examples == examples[0] + examples[1] && first.sides["train"]?.speakers == 2
        )
        #expect(
            first.sides["test"]?.examples == examples[2] + examples[3] && first.sides["test"]?.utterances == 8
        )
        #expect(first.sides["validation"] == nil && first.leaks.isEmpty && !first.isBeyondTolerance)
        let second = try await corpus.build()
        #expect(second.tasks.ran == 0 && second.tasks.upToDate == allTasks(corpus))
        #expect(second.dataset == first.dataset && second.hours == first.hours && second.bytes == first.bytes)
        #expect(
            second.examples == first.examples && second.sides["train"]?.examples == examples[0] + examples[1])
        let onDisk = try corpus.result().opened.store.all().reduce(0) { $0 + $1.byteCount }
        #expect(first.bytes == onDisk)
    }

    @Test("one, two and eight workers, and fresh workspaces elsewhere, make the same dataset byte for byte")
    func workers() async throws {
        let corpus = try StageCorpus(speakers: 5)
        var datasets: Set<String> = []
        var artifacts: Set<[Digest]> = []
        for jobs in [1, 2, 8] {
            datasets.insert(try await corpus.build(jobs: jobs, in: "jobs\(jobs)").dataset)
            artifacts.insert(try corpus.result("jobs\(jobs)").opened.store.all().map(\.digest))
        }
        let other = try StageCorpus(speakers: 5)
        datasets.insert(try await other.build(in: "deep/down/workspace").dataset)
        #expect(datasets.count == 1 && artifacts.count == 1)
    }

    @Test("a workspace that was moved or copied is up to date")
    func movedWorkspace() async throws {
        let corpus = try StageCorpus()
        let dataset = try await corpus.build().dataset
        try corpus.folder.copy("workspace", to: "copied")
        try corpus.folder.move("workspace", to: "moved")
        for workspace in ["copied", "moved"] {
            let again = try await corpus.build(in: workspace)
            #expect(again.tasks.ran == 0 && again.dataset == dataset)
        }
    }

    @Test("another number of mels runs features and pairs again, the old one runs nothing")
    func mels() async throws {
        let corpus = try StageCorpus()
        let dataset = try await corpus.build().dataset
        let plan = try await corpus.builder(set: ["features.mels=24"]).plan()
        #expect(
            plan.stages.map { "\($0.name) \($0.upToDate) \($0.stale)" } == [
                "ingest 4 0", "resample 4 0", "frame 4 0", "features 0 4", "split 1 0",
                "certificate 1 0", "pairs 0 1",
            ])
        let reason = plan.stages[3].reasons.first
        #expect(plan.stages[3].reasons.count == 1)
        #expect(
            reason?.field == "features.mels" && reason?.old == "20" && reason?.new == "24"
                && reason?.tasks == 4)
        let changed = try await corpus.build(set: ["features.mels=24"])
        #expect(changed.tasks.ran == 5 && changed.dataset != dataset)
        let back = try await corpus.build()
        #expect(back.tasks.ran == 0 && back.dataset == dataset)
    }

    @Test("one new utterance runs one pack, the split, the certificate and the pairs")
    func oneMore() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        let before = try corpus.result().digests("features")
        try corpus.folder.write(
            StageSound.wave(StageSound.samples(30_000, key: 999)), to: corpus.file(1, 1, 7))
        let grown = try await corpus.build()
        #expect(grown.tasks.ran == 4 + 3 && grown.utterances == corpus.fileCount + 1)
        let after = try corpus.result().digests("features")
        #expect(after.filter { before[$0.key] != $0.value }.map(\.key) == ["librispeech/12/120"])
        try corpus.folder.remove(corpus.file(1, 1, 7))
        #expect(try await corpus.build().tasks.ran == 0)
    }

    @Test("a new speaker runs one pack, the split, the certificate and the pairs")
    func newSpeaker() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        try corpus.writeSpeakers(extra: "99 | F | train-clean-100 | 1.0 | New\n")
        try corpus.folder.write(
            StageSound.wave(StageSound.samples(30_000, key: 999)),
            to: "corpus/train-clean-100/99/1/99-1-0000.wav")
        let grown = try await corpus.build()
        #expect(grown.tasks.ran == 4 + 3 && grown.sides["not used"]?.speakers == 1)
    }

    @Test("touching, moving and copying files and folders runs nothing")
    func untouched() async throws {
        let corpus = try StageCorpus()
        let dataset = try await corpus.build().dataset
        let path = corpus.folder.path + "/" + corpus.file(0, 0, 0)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path)
        #expect(try await corpus.build().tasks.ran == 0)
        try corpus.folder.move("corpus/train-clean-100/12", to: "corpus/12")
        #expect(try await corpus.build().tasks.ran == 0)
        try corpus.folder.move("corpus", to: "elsewhere")
        try corpus.folder.copy("elsewhere", to: "corpus")
        let copied = try await corpus.build()
        #expect(copied.tasks.ran == 0 && copied.dataset == dataset)
        // The copies are remembered: their folder can be anywhere.
        try corpus.folder.remove("elsewhere")
        #expect(try await corpus.build().tasks.ran == 0)
    }

    @Test("a file encoded anew with the same samples runs its pack's ingest and nothing else")
    func encodedAnew() async throws {
        let corpus = try StageCorpus()
        let dataset = try await corpus.build().dataset
        let samples = corpus.samples(2, 1, 0)
        try corpus.folder.write(
            StageSound.wave(samples, chunk: StageSound.tagChunk("tagged anew")), to: corpus.file(2, 1, 0))
        let tagged = try await corpus.build()
        #expect(tagged.tasks.ran == 1 && tagged.dataset == dataset)
        try corpus.folder.remove(corpus.file(2, 1, 0))
        try corpus.folder.write(StageFlac(samples: samples).bytes, to: corpus.file(2, 1, 0, "flac"))
        let flac = try await corpus.build()
        #expect(flac.tasks.ran == 1 && flac.dataset == dataset && flac.quarantined == 0)
        #expect(try await corpus.build().tasks.ran == 0)
    }

    @Test("another sex in SPEAKERS.TXT runs the split and what follows it, another name runs nothing")
    func sexes() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        try corpus.folder.write(
            String(decoding: try corpus.folder.read("corpus/SPEAKERS.TXT"), as: UTF8.self)
                .replacingOccurrences(of: "Speaker 1", with: "Somebody else"), to: "corpus/SPEAKERS.TXT")
        #expect(try await corpus.build().tasks.ran == 0)
        try corpus.writeSpeakers(female: [1])
        #expect(try await corpus.build().tasks.ran == 3)
    }

    @Test("a parameter whose change makes the same bytes stops the wave where they are the same")
    func cutoff() async throws {
        let corpus = try StageCorpus()
        let dataset = try await corpus.build().dataset
        // Nothing is shorter than a second.
        let minimum = try await corpus.build(set: ["frame.minimum=1s"])
        #expect(minimum.tasks.ran == 4 && minimum.dataset == dataset)
        let verify = try await corpus.build(set: ["ingest.verify=crc"])
        #expect(verify.tasks.ran == 4 && verify.dataset == dataset)
    }

    @Test(
        "a parameter that turns out not to matter is no disagreement, whatever it was before",
        arguments: [
            ["ingest.channels=mix"], ["resample.method=decimate"], ["frame.minimum=1s"], ["frame.trim=0ms"],
            ["frame.limit=exclusive"],
        ])
    func irrelevant(settings: [String]) async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        let base = try await corpus.build()
        let other = try await corpus.build(set: settings)
        #expect(other.examples == base.examples && other.dataset == base.dataset)
        // Made again from nothing, it is the same.
        let fresh = try await corpus.build(set: settings, in: "fresh")
        #expect(fresh.dataset == other.dataset)
        // And so is what was lost, under either setting.
        let result = try corpus.result()
        for again in [settings, []] {
            let lost = try #require(try result.artifact("features", "librispeech/12/120"))
            try result.opened.store.remove(lost.digest)
            let mended = try await corpus.build(set: again)
            #expect(
                mended.tasks.ran == 1 && mended.dataset == base.dataset && result.opened.store.contains(lost))
        }
    }

    @Test(
        "what completes a tail changes the features though not the cuts, in old workspaces as in fresh ones")
    func tails() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        var datasets: [String] = []
        for tail in ["zero", "repeat", "reflect", "drop"] {
            let settings = ["frame.tail=\(tail)"]
            let old = try await corpus.build(set: settings)
            let fresh = try await corpus.build(set: settings, in: "fresh-\(tail)")
            #expect(old.dataset == fresh.dataset, "\(tail)")
            datasets.append(old.dataset)
        }
        #expect(Set(datasets).count == 4)
    }

    @Test("another length of cuts is told from the old one even where no utterance is long enough for either")
    func emptyPacks() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        let yaml = """
            corpora: {librispeech: {speakers: [11]}}
            resample: {rate: 16kHz}
            frame: {length: 3s}
            features: {kind: raw}
            """
        let three = try await corpus.build(yaml)
        #expect(three.short == 2 && three.examples == 0)
        let four = try await corpus.build(yaml, set: ["frame.length=4s"])
        let fresh = try await corpus.build(yaml, set: ["frame.length=4s"], in: "fresh")
        #expect(four.dataset == fresh.dataset)
        #expect(try corpus.result().features("librispeech/11/110").shape == [0, 64_000])
    }

    @Test("a plan says what is missing and why, and runs nothing")
    func plans() async throws {
        let corpus = try StageCorpus()
        let fresh = try await corpus.builder().plan()
        #expect(
            fresh.stages.map(\.name) == [
                "ingest", "resample", "frame", "features", "split", "certificate", "pairs",
            ])
        #expect(fresh.stages.map(\.stale) == [4, 4, 4, 4, 1, 1, 1] && fresh.utterances == corpus.fileCount)
        #expect(fresh.stages.allSatisfy { $0.reasons.map(\.new) == ["never run"] })
        #expect(!FileManager.default.fileExists(atPath: corpus.folder.path + "/workspace"))
        try await corpus.build()
        #expect(try await corpus.builder().plan().stages.allSatisfy { $0.stale == 0 && $0.reasons.isEmpty })
        for speaker in [1, 2] {
            try corpus.folder.write(
                StageSound.wave(StageSound.samples(30_000, key: 9)), to: corpus.file(speaker, 1, 7))
        }
        let grown = try await corpus.builder().plan()
        #expect(grown.stages.map(\.stale) == [2, 2, 2, 2, 1, 1, 1])
        #expect(
            grown.stages[0].reasons.map { "\($0.field) \($0.tasks)" } == [
                "ingest.inputs.librispeech/12/121/12-121-0007 2"
            ])
        let trimmed = try await corpus.builder(set: ["frame.trim=10ms", "ingest.rates=[16kHz,8kHz]"]).plan()
        #expect(
            trimmed.stages[0].reasons.map { "\($0.field) \($0.old ?? "-") \($0.new ?? "-")" } == [
                "ingest.rates - 8000"
            ])
        #expect(
            trimmed.stages[2].reasons.map { "\($0.field) \($0.old ?? "-") \($0.new ?? "-")" } == [
                "frame.trim 0 160"
            ])
    }

    @Test("what is not kept is not in the store, and is not missed by a second build")
    func keep() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        let settings = ["keep=[resample]", "resample.rate=8kHz", "features.high=4kHz"]
        let first = try await corpus.build(set: settings)
        let result = try corpus.result()
        let features = try #require(try result.artifact("features", "librispeech/11/110"))
        #expect(!result.opened.store.contains(features))
        let waveforms = try #require(try result.open("resample", "librispeech/11/110"))
        #expect(waveforms.metadata["sampleRate"] == "8000")
        let lengths = corpus.samples(of: 0).map { Int64(($0.count + 1) / 2) }
        #expect(try waveforms.integers("row.length") == lengths)
        #expect(first.bytes == result.opened.store.all().reduce(0) { $0 + $1.byteCount })
        #expect(try await corpus.build(set: settings).tasks.ran == 0)
        let kept = try await corpus.build(set: settings + ["keep=[features]"])
        #expect(kept.dataset == first.dataset && result.opened.store.contains(features))
    }

    @Test("two builds at once on one workspace: the second waits, and then has nothing to do")
    func twoAtOnce() async throws {
        let corpus = try StageCorpus()
        async let one = corpus.build()
        async let other = corpus.build()
        let tasks = try await [one.tasks.ran, other.tasks.ran].sorted()
        #expect(tasks == [0, allTasks(corpus)])
    }

    @Test(
        "features are made again from kept waveforms without decoding, and equal those of a fresh workspace")
    func keptWaveforms() async throws {
        let corpus = try StageCorpus()
        let settings = ["keep=[resample,features]", "resample.rate=8kHz", "features.high=4kHz"]
        try await corpus.build(set: settings)
        let changed = settings + ["features.mels=16"]
        let again = try await corpus.build(set: changed)
        #expect(again.cpuSeconds["decode"] == 0 && again.tasks.ran == corpus.speakerCount + 1)
        let fresh = try await corpus.build(set: changed, in: "fresh")
        #expect(fresh.cpuSeconds["decode"] ?? 0 > 0 && fresh.dataset == again.dataset)
    }

    @Test("a file rejected for its MD5 is rejected again when only the features are made anew")
    func rejectedAgain() async throws {
        let corpus = try StageCorpus()
        try corpus.folder.remove(corpus.file(0, 0, 0))
        try corpus.folder.write(
            StageFlac(
                samples: corpus.samples(0, 0, 0), declaredMD5: [UInt8](repeating: 7, count: 16)
            ).bytes,
            to: corpus.file(0, 0, 0, "flac"))
        let first = try await corpus.build()
        #expect(first.reasons == ["md5-mismatch": 1])
        let again = try await corpus.build(set: ["features.mels=16"])
        #expect(again.reasons == ["md5-mismatch": 1] && again.tasks.ran == corpus.speakerCount + 1)
    }
}
