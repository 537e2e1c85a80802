import Foundation
import TestSupport
import Testing

@Suite("Bad input loses nothing")
struct BadInputTests {
    private let folder = WorkFolder()

    @Test("a damaged file: status 3 with the rest built, and 0 where the recipe tolerates one")
    func oneDamagedFile() async throws {
        let dataset = try await Reference.copyWithCorpus(in: folder)
        let path = dataset.corpus + "/" + SmallCorpus.sixSpeakers.utterances[10].path
        try Tree.write(Array(try Tree.read(path).prefix(9000)), to: path)
        let run = try await Twinset.run(dataset.arguments("build", ["--json"]))
        #expect(run.status == 3)
        #expect(run.complaintLines.count == 1)
        #expect(run.complaint.contains("1 ") && run.complaint.contains("show quarantine"), "\(run.complaint)")
        let summary: Summary = try run.json()
        #expect(summary.utterances == 35 && summary.quarantined == 1)
        #expect(summary.tasks.ran == 4 + 3)
        let tolerated = try await Twinset.run(
            dataset.arguments("build", ["--json", "--set", "ingest.tolerance=1"]))
        #expect(tolerated.status == 0)
        #expect(tolerated.complaint == "")
        let same: Summary = try tolerated.json()
        #expect(same.tasks.ran == 0 && same.quarantined == 1 && same.dataset == summary.dataset)
        #expect(try await Twinset.run(dataset.arguments("build")).status == 3)
        try Tree.write(SmallCorpus.sixSpeakers.file(SmallCorpus.sixSpeakers.utterances[10]), to: path)
        let mended = try await dataset.build()
        #expect(mended.tasks.ran == 0)
        #expect(mended.dataset == (try await Reference.summary.dataset))
    }

    @Test(
        "each kind of damage ends in its quarantine reason; counts balance exactly; the rest of the build is complete"
    )
    func everyKindOfDamage() async throws {
        let dataset = try await Reference.copyWithCorpus(in: folder)
        let session = dataset.corpus + "/train-clean-100/26/224"
        var reasons = try writeDamage(session)
        // Of two files with one id the first path is taken.
        let twice = SmallCorpus.sixSpeakers.utterances[0]
        try Tree.copy(dataset.corpus + "/" + twice.path, to: session + "/\(twice.id).wav")
        reasons[twice.id] = "duplicate-id"
        try Tree.copy(dataset.corpus + "/" + twice.path, to: session + "/99-1-0000.wav")
        reasons["99-1-0000"] = "unknown-speaker"
        try Tree.write(FlacFile(voice).bytes, to: session + "/26-224-0200.flac")

        let run = try await Twinset.run(
            dataset.arguments(
                "build", ["--json", "--set", "split.allow=[speaker, session, utterance, audio]"]))
        #expect(run.status == 3, "\(run.complaint)")
        let summary: Summary = try run.json()
        #expect(summary.utterances == 36 + 1)
        #expect(summary.quarantined == reasons.count)
        let files = Tree.files(dataset.corpus).filter { !$0.hasSuffix(".TXT") }
        #expect(summary.utterances + summary.quarantined == files.count)
        #expect(Set(try await quarantined(dataset)) == Set(reasons.map { "\($0.key): \($0.value)" }))
        let whole = try await (try await Reference.dataset).artifacts("--stage", "features")
        let built = try await dataset.artifacts("--stage", "features")
        for row in whole where row.speaker != "26" { #expect(built.contains { $0.digest == row.digest }) }
        #expect(built.reduce(0) { $0 + $1.rows } == summary.examples)
        #expect(
            summary.examples == (try await Reference.summary.examples) + FBankNet.exampleCount(voice.count))
    }

    @Test("names and lists that hold control characters steer no terminal and break no table")
    func controlCharacters() async throws {
        let corpus = folder.path + "/odd"
        let sounds = SmallCorpus.sixSpeakers
        for (name, number) in [("new\nline", 0), ("esc\u{1B}[31mape", 6)] {
            try Tree.write(sounds.file(sounds.utterances[number]), to: "\(corpus)/\(name)/s/u.wav")
        }
        let recipe = folder.path + "/odd.yaml"
        let text = "corpora: {c: {layout: tree}}\nresample: {rate: 16kHz}\nsplit: {near-identical: false}\n"
        try Tree.write(Array(text.utf8), to: recipe)
        let place = ["--workspace", folder.path + "/w", "--corpus", "c=\(corpus)"]
        let built = try await Twinset.run(["build", recipe] + place)
        #expect(built.status == 0, "\(built.complaint)")
        let table = try await Twinset.run([
            "artifacts", "--stage", "features", "--workspace", folder.path + "/w",
        ])
        #expect(table.output.split(separator: "\n").count == 3 && !table.output.contains("\u{1B}"))
        #expect(table.output.contains("c/new\\nline/s") && table.output.contains("c/esc\\u{1B}[31mape/s"))
        let list = folder.path + "/list.txt"
        try Tree.write(Array("\u{1B}]0;owned\u{07} x\n".utf8), to: list)
        let checked = try await Twinset.run(["trials", "check", list, recipe] + place)
        #expect(checked.status == 1 && !checked.complaint.contains("\u{1B}"))
        #expect(checked.complaint.contains("not '\\u{1B}]0;owned\\u{07} x'"), "\(checked.complaint)")
    }

    @Test("a file that cannot be read is quarantined like any other, and never passed over")
    func unreadableFiles() async throws {
        let dataset = try await Reference.copyWithCorpus(in: folder)
        let session = dataset.corpus + "/train-clean-100/26/224"
        try FileManager.default.createSymbolicLink(
            atPath: session + "/26-224-0300.wav", withDestinationPath: folder.path + "/removed.wav")
        let run = try await Twinset.run(dataset.arguments("build", ["--json"]))
        #expect(run.status == 3)
        let summary: Summary = try run.json()
        #expect(summary.utterances == 36 && summary.quarantined == 1)
        #expect(try await quarantined(dataset) == ["26-224-0300: unreadable"])
        let again: Summary = try await Twinset.run(dataset.arguments("build", ["--json"])).json()
        #expect(again.dataset == summary.dataset && again.tasks.ran == 0)
        try Tree.write(WaveFile(voice).bytes, to: folder.path + "/removed.wav")
        let readable = try await dataset.build("--set", "split.allow=[speaker, session, utterance, audio]")
        #expect(readable.utterances == 37 && readable.tasks.ran == 4 + 3)
    }

    @Test("a speaker list that makes no sense is one clear error with its line")
    func brokenSpeakersTable() async throws {
        let dataset = try await Reference.copyWithCorpus(in: folder)
        let path = dataset.corpus + "/SPEAKERS.TXT"
        let text = String(decoding: try Tree.read(path), as: UTF8.self)
        try Tree.write(
            text.replacingOccurrences(of: "| M | train-clean-100  | 25.19 | Denny", with: "M"), to: path)
        let run = try await Twinset.run(dataset.arguments("build"))
        #expect(run.status == 1)
        #expect(run.complaintLines.count == 1)
        #expect(run.complaint.contains("SPEAKERS.TXT:5: "), "\(run.complaint)")
    }

    @Test("what was quarantined once stays so when later stages run again")
    func quarantineIsRepeated() async throws {
        let dataset = try await Reference.copyWithCorpus(in: folder)
        let reasons = try writeDamage(dataset.corpus + "/train-clean-100/26/224")
        let tolerant = ["--json", "--set", "ingest.tolerance=99"]
        let first: Summary = try await Twinset.run(dataset.arguments("build", tolerant)).json()
        #expect(first.quarantined == reasons.count)
        for setting in ["features.mels=40", "frame.tail=zero", "resample.rate=8kHz"] {
            let run = try await Twinset.run(dataset.arguments("build", tolerant + ["--set", setting]))
            try #require(run.status == 0, "\(run.complaint)")
            let summary: Summary = try run.json()
            #expect(summary.quarantined == reasons.count && summary.utterances == 36)
        }
        let accepted = try await Twinset.run(
            dataset.arguments("build", tolerant + ["--set", "ingest.verify=crc"]))
        let summary: Summary = try accepted.json()
        #expect(summary.quarantined == reasons.count - 1 && summary.utterances == 37)
        #expect(try await dataset.build("--set", "ingest.tolerance=99").dataset == first.dataset)
    }

    /// Utterance and reason of what is quarantined, as `show quarantine` lists it.
    private func quarantined(_ dataset: Dataset) async throws -> [String] {
        let run = try await dataset.run("show", "quarantine")
        #expect(run.status == 0)
        return run.output.split(separator: "\n").compactMap { line in
            line.firstMatch(of: #/^quarantined  (.+?)  ingest: (\S+)  /#).map { "\($0.1): \($0.2)" }
        }
    }

    private var voice: [Int16] {
        let corpus = SmallCorpus.sixSpeakers
        return Array(corpus.samples(corpus.utterances[8]).prefix(40_000))
    }

    /// Writes one file of every kind of damage below `session`; returns the reasons by utterance.
    private func writeDamage(_ session: String) throws -> [String: String] {
        let flac = FlacFile(voice).bytes
        var flipped = flac
        flipped[flac.count / 2] ^= 4
        var otherMD5 = flac
        // STREAMINFO follows `fLaC` and a block header; its last 16 bytes are the MD5.
        otherMD5[4 + 4 + 18] ^= 1
        var short = WaveFile(voice)
        short.announcedDataSize = voice.count * 4
        let damage: [(number: String, reason: String, type: String, bytes: [UInt8])] = [
            ("0100", "truncated", "flac", Array(flac.prefix(flac.count * 2 / 3))),
            ("0101", "corrupt", "flac", flipped), ("0102", "md5-mismatch", "flac", otherMD5),
            ("0103", "empty", "wav", []), ("0104", "empty", "wav", WaveFile([Int16]()).bytes),
            ("0105", "not-audio", "wav", Array("<html><body>404 Not Found</body></html>".utf8)),
            ("0106", "not-audio", "flac", Array("<html><body>404 Not Found</body></html>".utf8)),
            ("0107", "sample-rate", "wav", WaveFile(voice, sampleRate: 8000).bytes),
            ("0108", "several-channels", "wav", stereo.bytes),
            ("0109", "not-finite", "wav", WaveFile(floats: voice.map { Float($0) / 32768 } + [.nan]).bytes),
            ("0110", "truncated", "wav", short.bytes),
            ("0111", "silent", "wav", WaveFile([Int16](repeating: 0, count: 40_000)).bytes),
        ]
        var reasons: [String: String] = [:]
        for file in damage {
            try Tree.write(file.bytes, to: session + "/26-224-\(file.number).\(file.type)")
            reasons["26-224-\(file.number)"] = file.reason
        }
        try Tree.write(flac, to: session + "/notes on 26.flac")
        reasons["notes on 26"] = "bad-name"
        return reasons
    }

    private var stereo: WaveFile {
        WaveFile(voice.flatMap { [Int32($0), Int32($0)] }, bitsPerSample: 16, channelCount: 2)
    }
}
