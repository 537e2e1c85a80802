import Foundation
import Testing

@Suite("The same dataset, wherever and however it is built")
struct ReproducibilityTests {
    private let folder = WorkFolder()

    @Test("--jobs 1, 2, 8: identical dataset digest; two fresh workspaces too", arguments: [1, 2, 8])
    func jobsChangeNothing(jobs: Int) async throws {
        let dataset = try await Reference.fresh(in: folder)
        let summary = try await dataset.build("--jobs", "\(jobs)")
        #expect(summary.dataset == (try await Reference.summary.dataset))
        #expect(summary.tasks.ran == 27)
        #expect(dataset.published == (try await Reference.dataset.published))
    }

    @Test("a copy of the corpus in another place gives the same dataset in a fresh workspace")
    func placeChangesNothing() async throws {
        var dataset = try await Reference.fresh(in: folder)
        try Tree.copy(dataset.corpus, to: folder.path + "/somewhere else")
        dataset.corpus = folder.path + "/somewhere else"
        #expect(try await dataset.build().dataset == (try await Reference.summary.dataset))
    }

    @Test("parts of a dataset built one after another come to the same as all at once")
    func partsChangeNothing() async throws {
        let dataset = try await Reference.fresh(in: folder)
        _ = try await dataset.build("--set", "corpora.librispeech.speakers=[19, 60]")
        _ = try await dataset.build("--set", "corpora.librispeech.speakers=[19, 27, 32]")
        let summary = try await dataset.build()
        #expect(summary.dataset == (try await Reference.summary.dataset))
        #expect(summary.tasks == Summary.Tasks(ran: 2 * 4 + 3, upToDate: 4 * 4))
    }

    @Test("whatever was built before, a dataset is the one that a fresh workspace gives")
    func historyChangesNothing() async throws {
        var dataset = try await Reference.fresh(in: folder)
        let few = ["--set", "corpora.librispeech.speakers=[19, 26]", "--json"]
        for (number, setting) in [
            "frame.tail=zero", "frame.tail=reflect", "frame.tail=repeat", "frame.tail=drop",
            "frame.minimum=900ms",
            "resample.method=decimate", "ingest.verify=crc", "ingest.minimum=10ms", "frame.trim=0s",
            "features.dtype=float16", "features.normalize=dataset", "features.normalize=bin", "split.seed=1",
            "pairs.seed=1", "keep=[resample, features]", "keep=[]",
        ].enumerated() {
            dataset.workspace = folder.path + "/workspace"
            let run = try await Twinset.run(dataset.arguments("build", few + ["--set", setting]))
            try #require(run.status == 0, "\(setting): \(run.complaint)")
            dataset.workspace = folder.path + "/fresh-\(number)"
            let fresh = try await Twinset.run(dataset.arguments("build", few + ["--set", setting]))
            let (one, other): (Summary, Summary) = (try run.json(), try fresh.json())
            #expect(one.dataset == other.dataset, "\(setting)")
            #expect(one.examples == other.examples && one.pairs == other.pairs, "\(setting)")
        }
    }

    @Test("every stored artifact's SHA-256 is its name, and nothing else lies in the store")
    func namesAreDigests() async throws {
        let dataset = try await Reference.dataset
        try await dataset.expectCleanStore()
        let rows = try await dataset.artifacts()
        #expect(
            Set(rows.compactMap(\.path)) == Set(dataset.published.map { dataset.workspace + "/store/" + $0 }))
    }

    @Test("features open as safetensors: 64×64 float32 examples with the row index, each frame normalized")
    func featuresOpen() async throws {
        let dataset = try await Reference.dataset
        var examples = 0
        for row in try await dataset.artifacts("--stage", "features") {
            let file = try SafetensorsFile(try #require(row.path))
            #expect(file.isTight)
            let count = row.rows
            examples += count
            #expect(file.entries["features"]?.dtype == "F32")
            #expect(file.entries["features"]?.shape == [count, 64, 64])
            for column in ["row.utterance", "row.start", "row.length"] {
                #expect(file.entries[column]?.shape == [count], "\(column)")
            }
            #expect(file.metadata["kind"] == "features")
            #expect(file.metadata["sampleRate"] == "16000")
            try expectIndex(of: file, speaker: try #require(row.speaker))
            try expectNormalized(file, frames: 128)
        }
        #expect(examples == (try await Reference.summary.examples))
    }

    /// Each example starts where 64 hops before it end, 4000 samples into its utterance.
    private func expectIndex(of file: SafetensorsFile, speaker: String) throws {
        let utterances = SmallCorpus.sixSpeakers.utterances.filter { "\($0.speaker.id)" == speaker }
            .sorted { ("\($0.session)", $0.number) < ("\($1.session)", $1.number) }
        var expected: [[Int]] = []
        for (number, utterance) in utterances.enumerated() {
            for example in 0..<FBankNet.exampleCount(utterance.sampleCount) {
                let start = 4000 + example * 64 * 160
                expected.append([number, start, min(63 * 160 + 400, utterance.sampleCount - 4000 - start)])
            }
        }
        let columns = try ["row.utterance", "row.start", "row.length"].map(file.integers)
        let rows = columns[0].indices.map { row in columns.map { $0[row] } }
        #expect(rows == expected)
    }

    /// Over its 64 values each frame has mean 0 and deviation 1.
    private func expectNormalized(_ file: SafetensorsFile, frames: Int) throws {
        let values = try file.floats("features", first: frames * 64)
        for frame in 0..<frames {
            let row = values[(frame * 64)..<(frame * 64 + 64)].map(Double.init)
            let mean = row.reduce(0, +) / 64
            let deviation = (row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 64).squareRoot()
            #expect(abs(mean) < 1e-5 && abs(deviation - 1) < 1e-4, "frame \(frame)")
        }
    }

    @Test("other kinds and types of features have the shapes they say: 4 kHz raw cuts in half precision")
    func rawFeaturesOpen() async throws {
        var dataset = try await Reference.fresh(in: folder)
        dataset.recipe = Dataset.manifests + "/voicemap.yaml"
        let settings = [
            "corpora.librispeech.subsets=[train-clean-100]", "resample.method=kaiser",
            "features.dtype=float16",
            "split.train=[train-clean-100]", "split.validation=[]", "pairs.count=80", "episodes=",
        ]
        let arguments = settings.flatMap { ["--set", $0] } + ["--json"]
        let run = try await Twinset.run(dataset.arguments("build", arguments))
        try #require(run.status == 0, "\(run.complaint)")
        let summary: Summary = try run.json()
        var examples = 0
        for row in try await dataset.artifacts("--stage", "features") {
            let file = try SafetensorsFile(try #require(row.path))
            #expect(file.isTight)
            #expect(file.entries["features"]?.dtype == "F16")
            #expect(file.entries["features"]?.shape == [row.rows, 12_000])
            examples += row.rows
        }
        let expected = SmallCorpus.sixSpeakers.utterances.reduce(0) { sum, utterance in
            // Cuts of 3 s back to back, each ending before the utterance does.
            sum + max(0, ((utterance.sampleCount + 3) / 4 - 1) / 12_000)
        }
        #expect(examples == expected)
        #expect(summary.examples == expected)
        #expect(summary.pairs == 80)
    }
}
