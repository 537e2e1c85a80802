import Foundation
import Testing

@testable import Stages

@Suite("what a recipe takes of a corpus")
struct CorporaSelectionTests {
    private static let speakers =
        "19 | F | train-clean-100 | 1 | A\n26 | M | dev-clean | 1 | B\n27 | M | dev-clean | 1 | C\n"

    private func corpus() throws -> CorporaFixture {
        try CorporaFixture(
            [
                "train-clean-100/19/1/19-1-0000.flac", "dev-clean/26/2/26-2-0000.flac",
                "dev-clean/27/3/27-3-0000.flac", "dev-clean/27/3/oops.flac",
            ], speakers: Self.speakers)
    }

    @Test("subsets and speakers are taken as named, and rejected files stay with their subset")
    func selection() throws {
        let fixture = try corpus()
        #expect(try fixture.read().ids == ["19-1-0000", "26-2-0000", "27-3-0000", "oops"])
        #expect(try fixture.read(subsets: ["train-clean-100"]).ids == ["19-1-0000"])
        #expect(try fixture.read(subsets: ["dev-clean"]).ids == ["26-2-0000", "27-3-0000", "oops"])
        #expect(try fixture.read(speakers: ["27", "19"]).ids == ["19-1-0000", "27-3-0000"])
        #expect(try fixture.read(subsets: ["dev-clean"], speakers: ["26"]).ids == ["26-2-0000"])
    }

    @Test("only speakers with utterances are told of")
    func presentSpeakers() throws {
        #expect(try corpus().read(subsets: ["train-clean-100"]).speakers.keys.sorted() == ["19"])
    }

    @Test("a missing subset is a warning beside others and an error alone, with what there is")
    func missingSubsets() throws {
        let fixture = try corpus()
        let contents = try fixture.read(subsets: ["dev-clean", "test-clean"])
        #expect(contents.ids.count == 3)
        #expect(contents.warnings == ["corpus 'made' has nothing of subset test-clean"])
        #expect(
            fixture.complaint(subsets: ["test-clean", "dev-other"])
                == "made.yaml:3: the corpus 'made' has nothing of test-clean, dev-other; it has: dev-clean, "
                + "train-clean-100")
    }

    @Test("subsets of a corpus that tells none apart take all of it, with a warning")
    func noSubsets() throws {
        let contents = try CorporaFixture(["a/19-1-0000.flac"]).read(subsets: ["dev-clean"])
        #expect(contents.ids == ["19-1-0000"])
        #expect(contents.warnings.contains { $0.contains("tells no subsets apart") })
    }

    @Test("utterances whose subset is not known are left out with a warning that counts them")
    func unknownSubset() throws {
        let fixture = try CorporaFixture(
            ["19/1/19-1-0000.flac", "99/1/99-1-0000.flac", "99/1/99-1-0001.flac"], speakers: Self.speakers)
        let contents = try fixture.read(subsets: ["train-clean-100"], unknown: .accept)
        #expect(contents.ids == ["19-1-0000"])
        #expect(contents.warnings.count == 1)
        #expect(contents.warnings.first?.contains("2 utterances") == true, "\(contents.warnings)")
    }

    @Test("a missing speaker is an error with the names")
    func missingSpeakers() throws {
        #expect(
            try corpus().complaint(speakers: ["19", "98", "97"])
                == "made.yaml:3: the corpus 'made' has no utterance of speaker 97, 98")
    }

    @Test("the first speakers are taken in byte order of their ids, after the other choices")
    func firstSpeakers() throws {
        let fixture = try CorporaFixture([
            "s10/a/1.wav", "s2/a/1.wav", "s1/a/1.wav", "s1/b/1.wav", "S9/a/1.wav", "stray.wav",
        ])
        #expect(try fixture.read(layout: .tree, first: 2).ids == ["S9/a/1", "s1/a/1", "s1/b/1"])
        #expect(try fixture.read(layout: .tree, first: 3).ids.last == "s10/a/1")
        #expect(try fixture.read(layout: .tree, speakers: ["s2", "s10"], first: 1).ids == ["s10/a/1"])
        #expect(try fixture.read(layout: .tree, first: 4).warnings.isEmpty)
    }

    @Test("fewer speakers than the recipe takes are all taken, with a warning")
    func fewSpeakers() throws {
        let contents = try CorporaFixture(["a/x/1.wav", "b/x/1.wav"]).read(layout: .tree, first: 200)
        #expect(contents.ids == ["a/x/1", "b/x/1"])
        #expect(
            contents.warnings == ["corpus 'made' has 2 speakers where the recipe takes the first 200"])
    }

    @Test(
        "an empty corpus, a missing folder, a file and no place at all are refused with what to say instead")
    func places() throws {
        let fixture = try CorporaFixture(["list.txt", "empty/readme"])
        let root = fixture.folder.path
        #expect(
            fixture.complaint("/empty")
                == "made.yaml:3: the corpus 'made' at \(root)/empty has no audio file; name the folder that holds it "
                + "with --corpus made=DIR")
        for below in ["/none", "/list.txt"] {
            #expect(
                fixture.complaint(below)
                    == "made.yaml:3: the corpus 'made' should lie at \(root)\(below), but there is no such folder; "
                    + "say --corpus made=DIR")
        }
        let request = Recipe.CorpusRequest(
            name: "made", layout: .tree, path: nil, subsets: [], speakers: [], place: "made.yaml:3")
        do {
            _ = try CorpusReader(request: request).read(unknownSpeakers: .accept)
            Issue.record("a corpus without a place was read")
        } catch {
            #expect(
                error.message.contains(
                    "has no place; say --corpus made=DIR, or corpora.made.path in the recipe"))
        }
    }
}
