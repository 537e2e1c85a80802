import ContentStore
import Corpus
import Foundation
import Pipeline
import Testing

@testable import Stages

@Suite("splits by files")
struct SplitFilesTests {
    /// Lists the utterances of a made corpus: the first of every session to train, the second to test.
    private static func lines(_ corpus: StageCorpus, _ name: (Int, Int, Int) -> String) -> [(String, Side)] {
        (0..<corpus.speakerCount).flatMap { speaker in
            (0..<corpus.sessionCount).flatMap { session in
                [
                    (name(speaker, session, 0), Side.train),
                    (name(speaker, session, 1), session == 0 ? Side.test : .validation),
                ]
            }
        }
    }

    private static let settings = [
        "split.by=files", "split.train=", "split.test=", "split.allow=[speaker, session]", "pairs=",
    ]

    private func writeList(
        _ corpus: StageCorpus, _ path: String = "corpus/iden_split.txt", extra: String = "",
        name: (Int, Int, Int) -> String
    ) throws {
        let words = [Side.train: "1", .validation: "2", .test: "3"]
        let text = Self.lines(corpus, name).map { "\(words[$1] ?? "") \($0)\n" }.joined()
        try corpus.folder.write(text + extra, to: path)
    }

    private func table(_ corpus: StageCorpus) throws -> SplitTable {
        try SplitTable(try #require(try corpus.result().open("split", "dataset")))
    }

    @Test(
        "one list says every line's side, by id or by path, below the corpus, above it or beside the recipe")
    func list() async throws {
        var digests: Set<Digest> = []
        for (place, name) in [
            ("corpus/iden_split.txt", 0), ("iden_split.txt", 1), ("corpus/iden_split.txt", 2),
        ] {
            let corpus = try StageCorpus()
            try writeList(corpus, place) { speaker, session, number in
                let path = String(corpus.file(speaker, session, number).dropFirst("corpus/".count))
                return [corpus.id(speaker, session, number), path, "./" + path.dropLast(4) + ".flac"][name]
            }
            let summary = try await corpus.build(set: Self.settings + ["split.list=iden_split.txt"])
            #expect(summary.sides["train"]?.utterances == 8 && summary.sides["test"]?.utterances == 4)
            #expect(summary.sides["validation"]?.utterances == 4 && summary.sides["not used"] == nil)
            #expect(summary.warnings.isEmpty && summary.sides["train"]?.speakers == 4)
            #expect(summary.leaks.map(\.kind) == ["speaker", "session"])
            let table = try table(corpus)
            digests.insert(Digest.of(table.sides))
        }
        #expect(digests.count == 1)
    }

    @Test("a file for each side gives the sides that one list gives")
    func sides() async throws {
        let corpus = try StageCorpus()
        try writeList(corpus, name: corpus.id)
        let one = try await corpus.build(set: Self.settings + ["split.list=iden_split.txt"])
        let first = try table(corpus)
        let lines = Self.lines(corpus, corpus.id)
        for side in Side.allCases {
            let text = lines.filter { $0.1 == side }.map { $0.0 + "\r\n" }.joined()
            try corpus.folder.write(text, to: "corpus/\(side.rawValue).txt")
        }
        let three = try await corpus.build(
            set: Self.settings + [
                "split.train=train.txt", "split.validation=validation.txt", "split.test=[test.txt]",
            ])
        let second = try table(corpus)
        #expect(first.sides == second.sides && first.speakers == second.speakers)
        #expect(one.dataset != three.dataset && three.tasks.ran == 2)
    }

    @Test(
        "the list's name and bytes are in the split, and other bytes run the split and its certificate again and nothing before"
    )
    func content() async throws {
        let corpus = try StageCorpus()
        try writeList(corpus, name: corpus.id)
        let settings = Self.settings + ["split.list=iden_split.txt"]
        try await corpus.build(set: settings)
        let bytes = try corpus.folder.read("corpus/iden_split.txt")
        let file = try #require(try corpus.result().open("split", "dataset"))
        #expect(
            file.metadata["lists"]
                == #"[{"name":"iden_split.txt","sha256":"\#(Digest.of(bytes).hex)"}]"#)
        #expect(try await corpus.build(set: settings).tasks.ran == 0)
        try corpus.folder.write(bytes + [10], to: "corpus/iden_split.txt")
        let plan = try await corpus.builder(set: settings).plan()
        #expect(plan.stages.filter { $0.stale > 0 }.map(\.name) == ["split", "certificate"])
        #expect(plan.stages.dropLast().last?.reasons.map(\.field) == ["split.inputs.list iden_split.txt"])
        #expect(try await corpus.build(set: settings).tasks.ran == 2)
    }

    @Test("utterances in no list are not used, and entries without a file are counted and named")
    func notes() async throws {
        let corpus = try StageCorpus()
        let text =
            "1 \(corpus.id(0, 0, 0))\n3 \(corpus.id(1, 0, 0))\n" + (0..<7).map { "2 gone-\($0)\n" }.joined()
        try corpus.folder.write(text, to: "corpus/few.txt")
        let summary = try await corpus.build(set: Self.settings + ["split.list=few.txt"])
        #expect(summary.sides["not used"]?.utterances == 14)
        #expect(
            summary.warnings == [
                "few.txt: 7 of 9 entries have no file in the corpora: gone-0, gone-1, gone-2, gone-3, gone-4 …",
                "14 utterances stand in no list of the split and are not used",
            ])
    }

    @Test("entries of speakers that the recipe does not take are not missing")
    func unselected() async throws {
        let corpus = try StageCorpus()
        try writeList(corpus, name: corpus.id)
        let summary = try await corpus.build(
            set: Self.settings + ["split.list=iden_split.txt", "corpora.librispeech.first-speakers=1"])
        #expect(summary.utterances == 4)
        #expect(
            summary.warnings == [
                "iden_split.txt: 12 of 16 entries are of utterances that the recipe does not take"
            ])
    }

    @Test("a list that cannot be meant is refused with its place")
    func refused() async throws {
        let corpus = try StageCorpus()
        let id = corpus.id(0, 0, 0)
        for (text, said) in [
            (
                "1 \(id)\n3 \(id).wav\n",
                "list.txt:2: '\(id).wav' stands in the split a second time, for test; for train"
            ),
            ("4 \(id)\n", "list.txt:1: a line is 'SIDE UTTERANCE'"), ("1\n", "list.txt:1: a line is"),
            ("", "list.txt lists no utterance"), ("1 x\n", "no utterance of the corpora stands in list.txt"),
        ] {
            try corpus.folder.write(text, to: "corpus/list.txt")
            let error = await #expect(throws: StageError.self) {
                try await corpus.build(set: Self.settings + ["split.list=list.txt"])
            }
            #expect(error?.message.contains(said) == true, "\(error?.message ?? "")")
        }
        let error = await #expect(throws: StageError.self) {
            try await corpus.build(set: Self.settings + ["split.list=none.txt"])
        }
        #expect(error?.message.contains("there is no list none.txt in \(corpus.path) or above") == true)
    }

    @Test("the recipe names one list or files for sides, and with this split only")
    func keys() throws {
        func complaint(_ settings: [String]) -> String {
            RecipeFixture.complaint(RecipeFixture.short, set: settings)
        }
        #expect(complaint(["split.by=files"]).contains("split.list is needed with split.by: files"))
        #expect(
            complaint(["split.by=files", "split.list=a", "split.test=b"])
                .contains("split.test and split.list exclude each other"))
        #expect(
            complaint(["corpora.librispeech.first-speakers=0"])
                .contains("corpora.librispeech.first-speakers is a whole number, at least 1"))
        #expect(complaint(["split.list=a"]).contains("'split.list' is not a key"))
        #expect(complaint(["split.by=files", "split.train=a", "split.test=[b, c]"]).isEmpty)
    }
}
