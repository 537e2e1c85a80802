import Corpus
import Foundation
import Testing

@testable import Stages

@Suite("the layouts of corpora")
struct CorporaLayoutTests {
    private static let speakers = "19 | F | train-clean-100 | 1 | A\n26 | M | dev-clean | 1 | B\n"

    @Test("utterances are found however the subset and speaker folders are nested")
    func nesting() throws {
        let nestings = [
            ["train-clean-100/19/198/19-198-0000.flac", "dev-clean/26/495/26-495-0001.flac"],
            ["19/198/19-198-0000.flac", "26/495/26-495-0001.flac"],
            ["19-198-0000.flac", "26-495-0001.flac"],
            ["a/b/c/19-198-0000.flac", "LibriSpeech/dev-clean/26/495/26-495-0001.flac"],
        ]
        for paths in nestings {
            let contents = try CorporaFixture(paths, speakers: Self.speakers).read()
            #expect(contents.ids == ["19-198-0000", "26-495-0001"], "\(paths)")
            #expect(contents.utterances.map(\.speaker) == ["19", "26"])
            #expect(contents.utterances.map(\.session) == ["198", "495"])
            #expect(contents.speakers["19"]?.sex == .female && contents.speakers["26"]?.subset == "dev-clean")
            #expect(contents.rejections.isEmpty && contents.warnings.isEmpty)
        }
    }

    @Test("the corpus may be given as its parent, itself, or one subset's folder")
    func roots() throws {
        let paths = [
            "LibriSpeech/train-clean-100/19/198/19-198-0000.flac",
            "LibriSpeech/dev-clean/26/495/26-495-0001.flac",
        ]
        let fixture = try CorporaFixture(paths)
        try fixture.folder.write(Self.speakers, to: "LibriSpeech/SPEAKERS.TXT")
        for below in ["", "/", "/LibriSpeech", "/LibriSpeech/", "/LibriSpeech/../LibriSpeech"] {
            let contents = try fixture.read(below, subsets: ["dev-clean"])
            #expect(contents.ids == ["26-495-0001"], "\(below)")
            #expect(
                contents.speakers == ["26": Speaker(id: "26", sex: .male, subset: "dev-clean", name: "B")])
        }
        let subset = try fixture.read("/LibriSpeech/train-clean-100", subsets: ["train-clean-100"])
        #expect(subset.ids == ["19-198-0000"] && subset.speakers["19"]?.sex == .female)
        #expect(subset.warnings.isEmpty)
    }

    @Test("the folder's subset counts before the list's")
    func folderFirst() throws {
        let fixture = try CorporaFixture(["dev-clean/19/198/19-198-0000.flac"], speakers: Self.speakers)
        #expect(try fixture.read(subsets: ["dev-clean"]).ids == ["19-198-0000"])
        #expect(fixture.complaint(subsets: ["train-clean-100"]).contains("has nothing of train-clean-100"))
    }

    @Test("a speaker that SPEAKERS.TXT lacks is rejected, or taken with unknown sex where the recipe says so")
    func unknownSpeaker() throws {
        let fixture = try CorporaFixture(["a/99-1-0000.flac", "a/19-1-0000.flac"], speakers: Self.speakers)
        let contents = try fixture.read()
        #expect(contents.ids == ["19-1-0000", "99-1-0000"])
        #expect(contents.rejections == ["a/99-1-0000.flac": "unknown-speaker"])
        let accepted = try fixture.read(unknown: .accept)
        #expect(accepted.rejections.isEmpty && accepted.speakers["99"]?.sex == .unknown)
    }

    @Test("without SPEAKERS.TXT every speaker is taken, with a warning that no sex is known")
    func noList() throws {
        let contents = try CorporaFixture(["19/198/19-198-0000.flac"]).read()
        #expect(contents.ids == ["19-198-0000"] && contents.rejections.isEmpty)
        #expect(contents.warnings.count == 1 && contents.warnings[0].contains("has no SPEAKERS.TXT"))
    }

    @Test("files that are not named SPEAKER-CHAPTER-UTTERANCE are rejected, never dropped")
    func badNames() throws {
        let names = ["notes", "19-198", "19-198-0000-1", "19-198-", "-198-0000", "19-a-0000", "١٩-198-0000"]
        let fixture = try CorporaFixture(names.map { "19/198/\($0).flac" }, speakers: Self.speakers)
        let contents = try fixture.read()
        #expect(contents.utterances.count == names.count)
        #expect(Set(contents.rejections.values) == ["bad-name"] && contents.rejections.count == names.count)
    }

    @Test("of several files with one id the first path stays and the others are rejected by name")
    func duplicates() throws {
        let paths = ["a/19-1-0000.flac", "b/19-1-0000.flac", "b/19-1-0000.wav", "b/19-1-0001.flac"]
        let contents = try CorporaFixture(paths, speakers: Self.speakers).read()
        #expect(contents.utterances.count == 4)
        #expect(
            contents.rejections == ["b/19-1-0000.flac": "duplicate-id", "b/19-1-0000.wav": "duplicate-id"])
        let message = contents.utterances.compactMap(\.rejection).first?.message ?? ""
        #expect(message.contains("b/19-1-0000.flac has the same id as a/19-1-0000.flac"), "\(message)")
    }

    @Test("hidden files, other files and files without a stem are none; upper-case endings are audio")
    func names() throws {
        let paths = [
            "19/.19-1-0000.flac", "19/._19-1-0001.flac", "19/19-1.trans.txt", "19/readme", "19/.flac",
            "19/19-1-0002.FLAC", "19/19-1-0003.Wav", "19/19-1-0004.ogg", "19/19-1-0005.flac.bak",
        ]
        let contents = try CorporaFixture(paths, speakers: Self.speakers).read()
        #expect(contents.ids == ["19-1-0002", "19-1-0003", "19-1-0004"])
        #expect(contents.rejections.isEmpty)
    }

    @Test("a plain tree is speaker / session / utterance, with whatever lies below belonging to the session")
    func tree() throws {
        let paths = [
            "id2/video/00002.wav", "id2/video/00001.wav", "id2/other/deep/00001.wav", "id1/alone.flac",
            "stray.wav",
            "id2/video/00001.flac",
        ]
        let contents = try CorporaFixture(paths).read(layout: .tree)
        #expect(
            contents.ids == [
                "id1/alone", "id2/other/deep/00001", "id2/video/00001", "id2/video/00001", "id2/video/00002",
                "stray",
            ])
        #expect(
            contents.utterances.map(\.session) == ["-", "other/deep", "video", "video", "video", "-"])
        #expect(contents.rejections == ["stray.wav": "no-speaker", "id2/video/00001.wav": "duplicate-id"])
        #expect(contents.speakers["id2"] == Speaker(id: "id2"))
    }

    @Test("a link into another folder is followed, and one back to a folder above is not, wherever it starts")
    func cycles() throws {
        let fixture = try CorporaFixture(["in/19/1/19-1-0000.flac", "out/26-1-0000.flac"])
        try fixture.folder.link("in/19/up", to: "..")
        try fixture.folder.link("in/19/self", to: ".")
        try fixture.folder.link("in/19/1/top", to: fixture.folder.path + "/in")
        try fixture.folder.link("in/other", to: fixture.folder.path + "/out")
        try fixture.folder.link("in/19/1/19-1-0001.flac", to: "19-1-0000.flac")
        let contents = try fixture.read("/in")
        #expect(contents.ids == ["19-1-0000", "19-1-0001", "26-1-0000"])
        #expect(contents.rejections.isEmpty)
    }

    @Test(
        "what looks like audio and cannot be read as a file is offered, so that it is quarantined and not lost"
    )
    func unreadable() throws {
        let fixture = try CorporaFixture(["19/1/19-1-0000.flac", "19/19-3-0009.wav/19-1-0004.flac"])
        try fixture.folder.link("19/1/19-1-0001.flac", to: "/nowhere/at/all.flac")
        try fixture.folder.link("19/1/notes.txt", to: "/nowhere/at/all.txt")
        try fixture.folder.makeFolder("19/1/19-1-0002.flac")
        try fixture.folder.makeFolder("19/1/empty")
        let contents = try fixture.read()
        // A folder named as audio that holds audio is a folder.
        #expect(contents.ids == ["19-1-0000", "19-1-0001", "19-1-0002", "19-1-0004"])
    }

    @Test("utterances come in byte order of speaker, session and id, whatever the order of files")
    func order() throws {
        let paths = ["b/1-10-2.wav", "a/1-9-1.wav", "z/02-1-1.wav", "c/1-10-10.wav", "d/10-1-1.wav"]
        let ids = try CorporaFixture(paths).read().ids
        #expect(ids == ["02-1-1", "1-10-10", "1-10-2", "1-9-1", "10-1-1"])
    }
}
