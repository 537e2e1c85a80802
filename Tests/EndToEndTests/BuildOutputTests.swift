import Foundation
import Testing

@Suite("What a build prints")
struct BuildOutputTests {
    private let folder = WorkFolder()

    @Test(
        "--json prints one object on stdout: dataset, tasks: {ran, upToDate}, utterances, quarantined, examples, pairs, hours, bytes, seconds"
    )
    func printsOneObject() async throws {
        let dataset = try await Reference.fresh(in: folder)
        let run = try await Twinset.run(dataset.arguments("build", ["--json"]))
        #expect(run.status == 0)
        #expect(run.complaint == "")
        #expect(run.output.split(separator: "\n").count == 1)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        for key in [
            "dataset", "tasks", "utterances", "quarantined", "examples", "pairs", "hours", "bytes", "seconds",
        ] { #expect(object[key] != nil, "\(key)") }
        #expect(Set((object["tasks"] as? [String: Any] ?? [:]).keys) == ["ran", "upToDate"])
    }

    @Test(
        "hours, utterances, examples and bytes are those of the audio that went in and the files that came out"
    )
    func countsAreRight() async throws {
        let summary = try await Reference.summary
        let utterances = SmallCorpus.sixSpeakers.utterances
        #expect(summary.utterances == utterances.count)
        #expect(summary.quarantined == 0)
        #expect(summary.examples == utterances.reduce(0) { $0 + FBankNet.exampleCount($1.sampleCount) })
        let hours = Double(utterances.reduce(0) { $0 + $1.sampleCount }) / 16000 / 3600
        #expect(abs(summary.hours - hours) < 1e-9)
        #expect(summary.dataset.count == 64 && summary.dataset.allSatisfy(\.isHexDigit))
        #expect(summary.seconds > 0)
        // Six packs through four stages, the split, its certificate, and one shard of pairs.
        #expect(summary.tasks == Summary.Tasks(ran: 6 * 4 + 3, upToDate: 0))
        let dataset = try await Reference.dataset
        let bytes = try dataset.published.reduce(0) { sum, file in
            let facts = try FileManager.default.attributesOfItem(atPath: dataset.workspace + "/store/" + file)
            return sum + (facts[.size] as? Int ?? 0)
        }
        #expect(summary.bytes == bytes)
    }

    @Test(
        "a build ends with the dataset digest, hours, utterances, examples, pairs, tasks run and up to date, quarantined, bytes, seconds"
    )
    func printsTable() async throws {
        let summary = try await Reference.summary
        let dataset = try await Reference.copy(in: folder)
        let run = try await Twinset.run(dataset.arguments("build"))
        #expect(run.status == 0)
        let rows = run.output.split(separator: "\n").map {
            $0.split(separator: " ", omittingEmptySubsequences: true)
        }
        func row(_ name: String) -> String {
            rows.first { $0.first ?? "" == name }?.dropFirst().joined(separator: " ") ?? ""
        }
        #expect(row("dataset") == summary.dataset)
        #expect(row("audio").contains(" h, \(summary.utterances) utterances"))
        #expect(row("examples") == "\(summary.examples)")
        #expect(row("pairs") == "\(summary.pairs)")
        #expect(row("quarantined") == "0")
        #expect(row("tasks") == "0 ran, 27 up to date")
        #expect(row("stored").hasSuffix("MB"))
        #expect(row("time").hasSuffix(" s"))
    }

    @Test(
        "the progress bar fits a terminal: stage, hours of audio done, hours per second, time left",
        .enabled(if: Terminal.isThere, "needs the program 'script'"))
    func showsProgressOnTerminal() async throws {
        let dataset = Dataset(corpus: folder.path + "/LibriSpeech", workspace: folder.path + "/workspace")
        try SmallCorpus.manySpeakers(140).write(to: dataset.corpus)
        let output = folder.path + "/output"
        let shown = try await Terminal.show(
            dataset.arguments("build", ["--jobs", "1"]), columnCount: 80, output: output)
        #expect(shown.status == 0)
        let progress = /features  \[#*\.*\]  \d+\.\d\d of about \d+\.\d\d h  \d+\.\d\d h\/s  \d+\.\d s left/
        #expect(shown.output.contains(progress), "\(shown.output.debugDescription)")
        let lines = shown.output.components(separatedBy: "\r\u{1B}[2K")
        #expect(
            lines.allSatisfy { $0.count < 80 || !$0.contains("h/s") },
            "a line that wraps leaves its beginning behind")
        #expect(!String(decoding: try Tree.read(output), as: UTF8.self).contains("\u{1B}"))
    }

    @Test("where standard error is no terminal there are plain lines, and none for what is done soon")
    func showsPlainLines() async throws {
        let dataset = try await Reference.fresh(in: folder)
        let run = try await Twinset.run(dataset.arguments("build"))
        #expect(!run.complaint.contains("\u{1B}") && !run.complaint.contains("\r"))
        #expect(!run.output.contains("\u{1B}"))
        if run.seconds < 10 { #expect(run.complaint == "") }
    }
}

/// FBankNet's geometry, counted here by its own definition.
enum FBankNet {
    /// Examples of an utterance: 4000 samples are cut off at each end; frames of 400 samples every 160, the last
    /// completed; 64 frames an example, and what is left is dropped.
    static func exampleCount(_ sampleCount: Int) -> Int {
        guard sampleCount >= 16000 else { return 0 }
        let left = sampleCount - 8000
        let frames = left <= 400 ? 1 : 1 + (left - 400 + 159) / 160
        return frames / 64
    }
}
