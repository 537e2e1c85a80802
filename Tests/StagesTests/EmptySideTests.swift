import Testing

@testable import Stages

@Suite("sides without an example") struct EmptySideTests {
    private func complaint(_ corpus: StageCorpus, _ settings: [String]) async -> String {
        do {
            _ = try await corpus.build(set: settings)
            return ""
        } catch { return "\(error)" }
    }

    @Test("pairs, trials and episodes of one say so, and blame no rule of theirs")
    func empty() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        let cases = [
            ("pairs", ["pairs.sides=[validation]"]),
            ("trials", ["trials.kind=all", "trials.sides=[validation]"]),
            (
                "episodes",
                ["episodes.shots=1", "episodes.ways=2", "episodes.count=5", "episodes.sides=[validation]"]
            ),
        ]
        for (what, settings) in cases {
            let message = await complaint(corpus, ["pairs.same=0%", "pairs.count=1"] + settings)
            #expect(
                message.contains("\(what) of side validation: no example stands on that side"), "\(message)")
        }
    }

    @Test("statistics of an empty train side are refused; a dataset without any example is noted")
    func statistics() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        let message = await complaint(
            corpus,
            ["pairs=", "features.normalize=dataset", "split.by=speaker", "split.train=", "split.test=100%"])
        #expect(
            message.contains("features.normalize: dataset takes its mean and deviation from the train side"))
        let none = try await corpus.build(set: ["pairs=", "frame.group=", "frame.length=60s"])
        #expect(none.examples == 0 && none.warnings.contains { $0.hasPrefix("the dataset has no example") })
    }

    @Test("filters between two bins of the FFT are counted in a note, and ordinary filters give none")
    func emptyFilters() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        let base = ["pairs=", "split.near-identical=false"]
        #expect(try await corpus.build(set: base).warnings.isEmpty)
        let narrow = base + ["features.low=7kHz", "features.high=7010Hz", "features.mels=20"]
        let notes = try await corpus.build(set: narrow).warnings
        #expect(notes.count == 1 && notes[0].contains("mel filters lie between two bins"), "\(notes)")
    }

    @Test("what only pairs have is refused for triplets")
    func triplets() {
        for key in ["same=50%", "label-of-same=1"] {
            let complaint = RecipeFixture.complaint(
                RecipeFixture.short, set: ["pairs.kind=triplets", "pairs.\(key)"])
            #expect(
                complaint.hasSuffix("goes with pairs.kind: pairs; a triplet has one of each"), "\(complaint)")
        }
    }
}
