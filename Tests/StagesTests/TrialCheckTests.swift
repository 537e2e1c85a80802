import Foundation
import Stages
import Testing

@Suite("lists of trials written and checked")
struct TrialCheckTests {
    private static let recipe = StageCorpus.recipe + "\ntrials: {kind: balanced, count: 12, seed: 3}\n"

    private func write(
        _ corpus: StageCorpus, _ form: TrialList.Form, to name: String
    ) throws -> (result: TrialListWriter.Result, list: TrialList) {
        let builder = try corpus.builder(Self.recipe)
        let path = corpus.folder.path + "/" + name
        let result = try TrialListWriter(recipe: builder.recipe, workspace: builder.workspace, form: form)
            .write(side: nil, to: path)
        return (result, try TrialList(path: path))
    }

    private func check(_ corpus: StageCorpus, _ lines: String..., set: [String] = []) throws -> TrialCheck {
        try corpus.folder.write(lines.joined(separator: "\n") + "\n", to: "list.txt")
        let builder = try corpus.builder(Self.recipe, set: set)
        return try TrialCheck(
            list: corpus.folder.path + "/list.txt", recipe: builder.recipe, workspace: builder.workspace)
    }

    private func names(_ corpus: StageCorpus) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: corpus.folder.path)
    }

    @Test("a list written in either form says the same, is read again and passes its own check")
    func roundTrip() async throws {
        let corpus = try StageCorpus()
        try await corpus.build(Self.recipe)
        let (result, kaldi) = try write(corpus, .kaldi, to: "kaldi.txt")
        #expect(result.trials == 12 && result.targets == 6 && result.side == "test")
        #expect(kaldi.form == .kaldi && kaldi.trials.count == 12 && kaldi.targetCount == 6)
        let voxceleb = try write(corpus, .voxceleb, to: "voxceleb.txt").list
        #expect(voxceleb.form == .voxceleb)
        #expect(
            voxceleb.trials.map { [UtteranceName.id($0.enrollment), UtteranceName.id($0.test)] }
                == kaldi.trials.map { trial in
                    [trial.enrollment, trial.test].map { id in
                        let parts = id.split(separator: "-")
                        return "train-clean-100/\(parts[0])/\(parts[1])/\(id)"
                    }
                })
        #expect(
            voxceleb.trials.allSatisfy {
                FileManager.default.fileExists(atPath: corpus.path + "/" + $0.enrollment)
            })
        for name in ["kaldi.txt", "voxceleb.txt"] {
            let builder = try corpus.builder(Self.recipe)
            let check = try TrialCheck(
                list: corpus.folder.path + "/" + name, recipe: builder.recipe, workspace: builder.workspace)
            #expect(check.isGood && check.trials == 12 && check.speakers == 2)
            #expect(check.missing.count == 0 && check.trainSpeakers?.count == 0)
            #expect(check.duplicates.count == 0 && check.withSelf.count == 0)
        }
        #expect(try names(corpus).filter { $0.contains("partial") }.isEmpty)
    }

    @Test(
        "missing files, duplicates, trials with itself, wrong labels and train speakers are counted and named"
    )
    func findings() async throws {
        let corpus = try StageCorpus()
        try await corpus.build(Self.recipe)
        let check = try check(
            corpus, "1 13/130/13-130-0000.wav 13/131/13-131-0000.wav",
            "1 13-131-0000 train-clean-100/13/130/13-130-0000.wav", "0 14-140-0000 14-140-0000",
            "1 14-140-0001 13-130-0001", "0 13-130-0000 13-130-0009", "0 13-130-0000 99-1-0000",
            "0 13-130-0000 11-110-0000")
        #expect(check.missing.count == 2 && check.missing.examples == ["13-130-0009", "99-1-0000"])
        #expect(check.duplicates.count == 1)
        #expect(check.withSelf.examples == ["nontarget 14-140-0000 14-140-0000"])
        #expect(
            check.wrongLabels.examples == [
                "nontarget 14-140-0000 14-140-0000", "target 14-140-0001 13-130-0001",
            ])
        #expect(check.trainSpeakers?.examples == ["librispeech/11"])
        #expect(!check.isGood && check.trials == 7 && check.targets == 3 && check.speakers == 3)
        #expect(check.utterances == 6)
        #expect(check.recognized == "list.txt is no list of VoxCeleb's authors")
    }

    @Test("without a build, or with another split than was built, nothing is said of the train side")
    func notBuilt() async throws {
        let corpus = try StageCorpus()
        let line = "1 13-130-0000 13-131-0000"
        #expect(try check(corpus, line).trainSpeakers == nil)
        try await corpus.build(Self.recipe)
        #expect(try check(corpus, line).trainSpeakers?.count == 0)
        #expect(
            try check(corpus, line, set: ["split.train=[11, 12, 13]", "split.test=[14]"]).trainSpeakers == nil
        )
    }

    @Test("what the corpus holds and the recipe leaves out is told apart from what is missing")
    func notSelected() throws {
        let corpus = try StageCorpus()
        let check = try check(
            corpus, "0 13-130-0000 14-140-0000", "0 13-130-0000 15-150-0000",
            set: ["corpora.librispeech.speakers=[11, 12, 13]"])
        #expect(check.notSelected.examples == ["14-140-0000"] && check.missing.examples == ["15-150-0000"])
    }

    @Test("a list is written of what was built alone: not before, and not for other trials")
    func refused() async throws {
        let corpus = try StageCorpus()
        #expect(throws: (any Error).self) { try write(corpus, .kaldi, to: "k.txt") }
        try await corpus.build(Self.recipe, set: ["trials.seed=4"])
        let error = #expect(throws: StageError.self) { try write(corpus, .kaldi, to: "k.txt") }
        #expect(error?.message.contains("made other trials than the recipe asks for now") == true)
        try await corpus.build(Self.recipe)
        let nowhere = #expect(throws: StageError.self) { try write(corpus, .kaldi, to: "no/such/k.txt") }
        #expect(nowhere?.message.contains("no/such/k.txt") == true)
        let builder = try corpus.builder(Self.recipe)
        let writer = TrialListWriter(recipe: builder.recipe, workspace: builder.workspace, form: .kaldi)
        #expect(throws: StageError.self) {
            try writer.write(side: "validation", to: corpus.folder.path + "/k.txt")
        }
        #expect(try !names(corpus).contains("k.txt"))
    }

    @Test(
        "names become Kaldi's: the speaker first, no folders",
        arguments: [
            ("19/198/19-198-0001", "19-198-0001"),
            ("id10270/5r0dWxy17C8/00001", "id10270-5r0dWxy17C8-00001"),
            ("libri/19/198/19-198-0001", "libri-19-198-0001"), ("id1/00001", "id1-00001"),
            ("191/98/19-198-0001", "191-98-19-198-0001"),
        ])
    func kaldiNames(name: String, kaldi: String) {
        #expect(UtteranceName.kaldi(name) == kaldi)
    }
}
