import ContentStore
import Foundation
import Stages
import Testing

@Suite("what a build is compared with, and what stays for it")
struct BuildHistoryTests {
    @Test("after a change and back, a plan compares with the last build, not with what was tried in between")
    func changedAndBack() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        try await corpus.build(set: ["features.dialect=psf"])
        #expect(try await corpus.build().tasks.ran == 0)
        let plan = try await corpus.builder(set: ["features.mels=16"]).plan()
        let features = try #require(plan.stages.first { $0.name == "features" })
        #expect(features.reasons.map(\.field) == ["features.mels"])
        #expect(features.reasons.first?.old == "20" && features.reasons.first?.new == "16")
    }

    @Test("garbage collection keeps the last build, also when it ran nothing")
    func lastBuildStays() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        try await corpus.build(set: ["ingest.verify=crc"])
        #expect(try await corpus.build().tasks.ran == 0)
        let workspace = Workspace(path: corpus.folder.path + "/workspace")
        _ = try await GarbageCollection(workspace: workspace, keep: 1).run(dryRun: false)
        #expect(try await corpus.build().tasks.ran == 0)
    }

    @Test("after a corpus was moved, the manifest knows where its files are")
    func movedCorpus() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        try corpus.folder.move("corpus", to: "elsewhere")
        let recipe = try RecipeReader(corpora: ["librispeech=\(corpus.folder.path)/elsewhere"])
            .read(yaml: StageCorpus.recipe, file: "small.yaml", defaultName: "small")
        let workspace = Workspace(path: corpus.folder.path + "/workspace")
        let again = try await DatasetBuilder(recipe: recipe, workspace: workspace, jobs: 2).build()
        #expect(again.tasks.ran == 0)
        let lines = try Lineage(workspace).describe(corpus.id(0, 0, 0))
        #expect(lines.contains { $0.hasPrefix("source") && $0.contains("/elsewhere/") })
    }

    @Test("values that do not fit float16 end the build with a sentence, not with infinities")
    func overflow() async throws {
        let corpus = try StageCorpus()
        let settings = ["features.log=false", "features.dtype=float16"]
        await #expect { try await corpus.build(set: settings) } throws: {
            "\($0)".contains("does not fit float16")
        }
        #expect(try await corpus.build(set: settings + ["features.normalize=frame"]).examples > 0)
    }

    @Test("rules of pairs that cannot hold are refused before any audio is read")
    func impossiblePairs() async throws {
        let corpus = try StageCorpus()
        #expect(throws: RecipeError.self) { try corpus.recipe(set: ["pairs.maximum-per-speaker=3"]) }
        let triplets = ["pairs.kind=triplets", "pairs.count=each"]
        #expect(throws: RecipeError.self) { try corpus.recipe(set: triplets + ["pairs.balance=speaker"]) }
        #expect(throws: Never.self) { try corpus.recipe(set: triplets) }
    }

    @Test("an empty --set takes a key of the file away")
    func removedKey() throws {
        let corpus = try StageCorpus()
        let recipe = try corpus.recipe(set: ["frame.group=", "frame.length=1s"])
        #expect(recipe.frame.group == nil && recipe.frame.length == 16_000)
    }

    @Test("names that differ only in how an accent is spelled are one name")
    func composedNames() async throws {
        let corpus = try StageCorpus()
        for (index, speaker) in ["\u{E9}", "e\u{301}", "f"].enumerated() {
            for session in ["one", "two"] {
                try corpus.folder.write(
                    try corpus.folder.read(corpus.file(index, session == "one" ? 0 : 1, 0)),
                    to: "tree/\(speaker)/\(session)/\(index).wav")
            }
        }
        let yaml = StageCorpus.recipe
            .replacingOccurrences(
                of: "librispeech:\n    layout: librispeech", with: "librispeech:\n    layout: tree"
            )
            .replacingOccurrences(of: "train: [11, 12]", with: "train: [\"\u{E9}\"]")
            .replacingOccurrences(of: "test: [13, 14]", with: "test: [f]")
        let recipe = try RecipeReader(
            settings: ["pairs.count=2"], corpora: ["librispeech=\(corpus.folder.path)/tree"]
        ).read(yaml: yaml, file: "tree.yaml", defaultName: "tree")
        let builder = DatasetBuilder(
            recipe: recipe, workspace: Workspace(path: corpus.folder.path + "/composed"), jobs: 2)
        // Two speakers, not three: pairs of different speakers in train are then impossible, and said to be.
        await #expect { try await builder.build() } throws: { "\($0)".contains("pair") }
        let without = try RecipeReader(
            settings: ["pairs.same=100%", "pairs.count=2"],
            corpora: ["librispeech=\(corpus.folder.path)/tree"]
        ).read(yaml: yaml, file: "tree.yaml", defaultName: "tree")
        let summary = try await DatasetBuilder(
            recipe: without, workspace: Workspace(path: corpus.folder.path + "/composed"), jobs: 2
        ).build()
        #expect(summary.utterances == 6 && summary.sides["train"]?.speakers == 1)
    }
}
