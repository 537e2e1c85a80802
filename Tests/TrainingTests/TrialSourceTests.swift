import ContentStore
import Corpus
import Scoring
import TestSupport
import Testing

@testable import Training

@Suite struct TrialSourceTests {
    private func source(_ fixture: EvaluationFixture, _ place: DatasetPlace? = nil) throws -> TrialSource {
        TrialSource(try TrainingData(place ?? fixture.place), fixture.names)
    }

    /// The trials as texts: `u24 u25 target`.
    private func lines(_ set: TrialSet) -> [String] {
        zip(zip(set.first, set.second), set.isTarget).map {
            "\(set.units[Int($0.0)].name) \(set.units[Int($0.1)].name) \($1 ? "target" : "nontarget")"
        }
    }

    @Test("stored trials come first; their utterances have the rows of that side")
    func storedTrials() throws {
        let folder = TemporaryFolder()
        let fixture = try EvaluationFixture(in: folder.path)
        let set = try source(fixture, fixture.withTrials()).trials(of: .test)
        #expect(set.kind == .utterances)
        #expect(lines(set) == ["s8/u24 s8/u25 target", "s8/u24 s9/u27 nontarget", "s9/u27 s8/u25 nontarget"])
        #expect(set.units.map(\.rows) == [[48, 49], [50], [54]])
        #expect(set.units.map(\.speaker) == [8, 8, 9])
        #expect(set.source.hasPrefix("the 3 stored trials of test"))
        let speakers = set.speakers()
        #expect(speakers.first == [0, 0, 1] && speakers.second == [0, 1, 0] && speakers.count == 2)
    }

    @Test("without trials the stored pairs serve, by their label of same, and triplets as two pairs each")
    func storedPairs() throws {
        let folder = TemporaryFolder()
        let fixture = try EvaluationFixture(in: folder.path)
        let pairs = try source(fixture).trials(of: .train)
        #expect(pairs.kind == .examples)
        #expect(
            lines(pairs) == [
                "row0 row3 target", "row6 row9 target", "row12 row1 nontarget", "row18 row2 nontarget",
            ])
        #expect(pairs.source == "the 4 stored pairs of train")
        try TensorFile(
            kind: "triplets",
            tensors: [
                ContentStore.Tensor("anchor", [48] as [UInt32]),
                ContentStore.Tensor("positive", [51] as [UInt32]),
                ContentStore.Tensor("negative", [60] as [UInt32]),
            ]
        ).publish(at: folder.path + "/t.safetensors")
        var place = fixture.place
        place.pairs = [.init(side: .test, paths: [folder.path + "/t.safetensors"])]
        let triplets = try source(fixture, place).trials(of: .test)
        #expect(lines(triplets) == ["row48 row51 target", "row48 row60 nontarget"])
    }

    @Test("with nothing stored all pairs of examples are trials but those of one utterance, and it is said")
    func allPairs() throws {
        let folder = TemporaryFolder()
        let set = try source(EvaluationFixture(in: folder.path)).trials(of: .test)
        // 24 · 23 / 2 = 276 pairs, less the 12 within an utterance; 4 speakers with 15 − 3 pairs each.
        #expect(set.count == 264 && set.targetCount == 48 && set.speakerCount == 4)
        #expect(
            set.source == "all 264 pairs of the 24 examples of test, none of two examples of one utterance")
    }

    @Test(
        "where no speaker has two utterances, pairs of one utterance stand for those of one speaker, and it is said"
    )
    func singleUtterances() throws {
        let folder = TemporaryFolder()
        let fixture = try EvaluationFixture(in: folder.path)
        let names = ExampleNames(
            utterances: (0..<72).map { UInt32($0 / 6) }, utteranceNames: (0..<12).map { "u\($0)" },
            key: { "row\($0)" }, find: { _ in nil })
        let set = try TrialSource(fixture.data(), names).trials(of: .test)
        #expect(set.count == 276 && set.targetCount == 60)
        #expect(set.source.hasPrefix("all 276 pairs of the 24 examples of test; no speaker there has two"))
    }

    @Test("validation trials are of utterances where those of test are")
    func alike() throws {
        let folder = TemporaryFolder()
        let fixture = try EvaluationFixture(in: folder.path)
        let source = try source(fixture, fixture.withTrials())
        let utterances = try source.trials(of: .validation, like: source.trials(of: .test))
        #expect(utterances.kind == .utterances && utterances.units.count == 12)
        // 12 · 11 / 2 pairs of utterances; 4 speakers with 3 utterances each.
        #expect(utterances.count == 66 && utterances.targetCount == 12)
        #expect(utterances.units[0].rows == [24, 25])
        let examples = try source.trials(of: .validation, like: source.trials(of: .train))
        #expect(examples.kind == .examples && examples.count == 264)
    }

    @Test("a list names utterances of any side, in VoxCeleb's form or Kaldi's")
    func list() throws {
        let folder = TemporaryFolder()
        let source = try source(EvaluationFixture(in: folder.path))
        for text in ["1 u24 u25\n\n0 u24 u3\n", "u24 u25 target\nu24 u3 nontarget\n"] {
            let list = try ListedTrials(Array(text.utf8), path: "list.txt")
            let set = try source.trials(list)
            #expect(lines(set) == ["u24 u25 target", "u24 u3 nontarget"])
            #expect(set.units.map(\.rows) == [[48, 49], [50, 51], [6, 7]])
            #expect(set.source.hasPrefix("the 2 trials of list.txt"))
        }
    }

    @Test("a line whose utterance is not in the dataset, or whose label is wrong, is an error that names it")
    func listErrors() throws {
        let folder = TemporaryFolder()
        let source = try source(EvaluationFixture(in: folder.path))
        func message(_ text: String) throws -> String {
            let list = try ListedTrials(Array(text.utf8), path: "list.txt")
            let error = #expect(throws: TrainingError.self) { try source.trials(list) }
            return error?.message ?? ""
        }
        let missing = try message("1 u24 u25\n\n0 u24 u99\n")
        #expect(missing.hasPrefix("list.txt:3: the dataset has no example of the utterance 'u99'; "))
        let wrong = try message("1 u24 u25\n1 u24 u30\n")
        #expect(
            wrong.hasPrefix("list.txt:2: 'u24 u30' is labeled target, and in the dataset the two are of two"))
        let other = try message("0 u24 u25\n")
        #expect(other.contains("is labeled nontarget, and in the dataset the two are of one speaker"))
    }
}
