import Foundation
import Testing

@Suite("Incremental, provably: parameters")
struct IncrementalTests {
    private let folder = WorkFolder()

    @Test("building twice runs 0 tasks")
    func secondBuildRunsNothing() async throws {
        let dataset = try await Reference.copy(in: folder)
        let summary = try await dataset.build()
        #expect(summary.tasks == Summary.Tasks(ran: 0, upToDate: 27))
        #expect(summary.dataset == (try await Reference.summary.dataset))
    }

    @Test(
        "changing a feature parameter reruns features and what follows, nothing before; changing it back is all hits"
    )
    func changedParameterRunsWhatFollows() async throws {
        let dataset = try await Reference.copy(in: folder)
        let changed = try await dataset.build("--set", "features.mels=40")
        #expect(changed.tasks == Summary.Tasks(ran: 6 + 1, upToDate: 3 * 6 + 2))
        #expect(changed.dataset != (try await Reference.summary.dataset))
        let back = try await dataset.build()
        #expect(back.tasks == Summary.Tasks(ran: 0, upToDate: 27))
        #expect(back.dataset == (try await Reference.summary.dataset))
        #expect(try await dataset.build("--set", "features.mels=40").tasks.ran == 0)
    }

    @Test(
        "a plan says what would run and why: the first differing field, old → new, how many packs, hours and bytes"
    )
    func planNamesTheField() async throws {
        let dataset = try await Reference.copy(in: folder)
        let plan = try await dataset.plan("--set", "features.mels=40")
        #expect(
            plan.stages.map(\.name) == [
                "ingest", "resample", "frame", "features", "split", "certificate", "pairs",
            ])
        #expect(plan.staleStages == ["features", "pairs"])
        let reasons = try #require(plan["features"]).reasons
        #expect(reasons.count == 1)
        #expect(reasons.first?.field == "features.mels")
        #expect(reasons.first?.old == "64")
        #expect(reasons.first?.new == "40")
        #expect(reasons.first?.tasks == 6)
        let run = try await Twinset.run(dataset.arguments("plan", ["--set", "features.mels=40"]))
        #expect(
            run.output.contains(/features +0 +6 +features\.mels: 64 → 40  \(6 tasks, .+ (s|min .*), .+ MB\)/))
    }

    @Test(
        "what a plan calls stale is what the build then runs",
        arguments: [
            ["features.mels=40"], ["features.dtype=float16"],
            ["features.log=true", "features.normalize=utterance"],
            ["frame.hop=12.5ms"], ["frame.tail=zero"], ["resample.rate=8kHz"], ["split.seed=7"],
            ["pairs.seed=7"],
            ["pairs.count=each*2"],
        ])
    func planIsWhatRuns(settings: [String]) async throws {
        let dataset = try await Reference.copy(in: folder)
        let more = settings.flatMap { ["--set", $0] }
        let plan: PlanReport = try await Twinset.run(dataset.arguments("plan", more + ["--json"])).json()
        let summary: Summary = try await Twinset.run(dataset.arguments("build", more + ["--json"])).json()
        #expect(plan.staleCount > 0)
        #expect(summary.tasks.ran == plan.staleCount)
        #expect(summary.tasks.upToDate == plan.stages.reduce(0) { $0 + $1.upToDate })
        let after: PlanReport = try await Twinset.run(dataset.arguments("plan", more + ["--json"])).json()
        #expect(after.staleCount == 0)
    }

    @Test("a stage that reruns and makes the same bytes stops the wave there")
    func earlyCutoff() async throws {
        let dataset = try await Reference.copy(in: folder)
        let summary = try await dataset.build("--set", "ingest.verify=crc")
        #expect(summary.tasks.ran == 6)
        #expect(summary.dataset == (try await Reference.summary.dataset))
    }

    @Test("comments, key order and spelled-out defaults change nothing in the result")
    func spellingChangesNothing() async throws {
        var dataset = try await Reference.copy(in: folder)
        dataset.recipe = folder.path + "/other-spelling.yaml"
        try Tree.write(IncrementalTests.otherSpelling, to: dataset.recipe)
        let summary = try await dataset.build()
        #expect(summary.tasks.ran == 0)
        #expect(summary.dataset == (try await Reference.summary.dataset))
    }

    @Test("--dry-run says what would run and writes nothing")
    func dryRunWritesNothing() async throws {
        let dataset = try await Reference.copy(in: folder)
        let before = try files(dataset)
        let known = try await dataset.run("artifacts", "--all", "--json").output
        let run = try await Twinset.run(
            dataset.arguments("build", ["--dry-run", "--set", "features.mels=40", "--json"]))
        let plan: PlanReport = try run.json()
        #expect(plan.staleStages == ["features", "pairs"])
        #expect(try files(dataset) == before)
        #expect(try await dataset.run("artifacts", "--all", "--json").output == known)
        let fresh = Dataset(corpus: dataset.corpus, workspace: folder.path + "/none")
        let first = try await Twinset.run(fresh.arguments("build", ["--dry-run"]))
        #expect(first.status == 0)
        #expect(first.output.contains("never run"))
        #expect(!FileManager.default.fileExists(atPath: fresh.workspace))
    }

    /// All files of the workspace but the manifest: SQLite writes to it even where nothing is recorded.
    private func files(_ dataset: Dataset) throws -> [String: String] {
        try Tree.state(dataset.workspace).filter { !$0.key.hasPrefix("manifest.sqlite") }
    }

    private static let otherSpelling = """
        keep: [features]
        pairs: {sides: [train], negatives: any, positives: any, seed: 42, count: each, kind: triplets}
        split: {allow: [utterance, session, speaker], test: 2.5%, train: 95%, validation: 2.5%, seed: 42, by: example}
        features:   # as FBankNet has them
          dtype: float32
          normalize: frame
          log: false
          mels: 64
          preemphasis: 0.97
          fft: 512
          low: 0Hz
          high: 8kHz
          dialect: psf
          kind: fbank
        frame: {tail: drop, group: 64, hop: 10ms, window: 0.025s, minimum: 1000ms, trim: 0.25s}
        resample: {method: kaiser, rate: 16000Hz}
        ingest: {tolerance: 0, verify: md5, channels: reject, rates: [16kHz], unknown-speakers: quarantine}
        corpora: {librispeech: {subsets: [train-clean-100], layout: librispeech}}
        name: fbanknet
        """
}
