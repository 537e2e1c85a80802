import Corpus
import Foundation
import Testing

@testable import Stages

@Suite("VoxCeleb's layout")
struct CorporaVoxCelebTests {
    private static let meta1 =
        "VoxCeleb1 ID\tVGGFace1 ID\tGender\tNationality\tSet\nid10001\tA.J._Buckley\tm\tIreland\tdev\n"
        + "id10270\tEartha_Kitt\tf\tUSA\ttest\nid10300\tnobody\tu\tunknown\tdev\n"
    private static let meta2 = "VoxCeleb2 ID ,VGGFace2 ID ,Gender ,Set \r\nid00012 ,n000012 ,m ,dev \r\n"
    private static let paths = [
        "id10001/1zcIwhmdeo4/00001.wav", "id10270/5r0dWxy17C8/00002.wav", "id10300/-_x/00001.flac",
    ]

    private func corpus(_ paths: [String], meta: [String: String] = [:]) throws -> CorporaFixture {
        let fixture = try CorporaFixture(paths)
        for (path, text) in meta { try fixture.folder.write(text, to: path) }
        return fixture
    }

    @Test(
        "files are found with and without the folders of the archives",
        arguments: ["", "wav/", "dev/wav/", "vox1/test/wav/", "aac/", "dev/aac/"])
    func wrappers(prefix: String) throws {
        let fixture = try corpus(Self.paths.map { prefix + $0 }, meta: ["vox1_meta.csv": Self.meta1])
        let contents = try fixture.read(layout: .voxceleb)
        #expect(
            contents.ids == ["id10001/1zcIwhmdeo4/00001", "id10270/5r0dWxy17C8/00002", "id10300/-_x/00001"])
        #expect(contents.utterances.map(\.speaker) == ["id10001", "id10270", "id10300"])
        #expect(contents.utterances.map(\.session) == ["1zcIwhmdeo4", "5r0dWxy17C8", "-_x"])
        #expect(contents.rejections.isEmpty && contents.warnings.isEmpty)
    }

    @Test("the list of speakers tells sex, name and set, wherever it lies near the corpus")
    func meta() throws {
        let expected = [
            "id10001": Speaker(id: "id10001", sex: .male, subset: "dev", name: "A.J._Buckley"),
            "id10270": Speaker(id: "id10270", sex: .female, subset: "test", name: "Eartha_Kitt"),
            "id10300": Speaker(id: "id10300", sex: .unknown, subset: "dev", name: "nobody"),
        ]
        for (place, below) in [("", ""), ("", "/vox1"), ("", "/vox1/wav"), ("vox1/wav/", "/vox1/wav")] {
            let fixture = try corpus(
                Self.paths.map { "vox1/wav/" + $0 }, meta: [place + "vox1_meta.csv": Self.meta1])
            #expect(try fixture.read(below, layout: .voxceleb).speakers == expected, "\(place) \(below)")
        }
        let fixture = try corpus(Self.paths, meta: ["vox1_meta.csv": Self.meta1])
        #expect(try fixture.read(layout: .voxceleb, subsets: ["test"]).ids == ["id10270/5r0dWxy17C8/00002"])
    }

    @Test("VoxCeleb2's list has commas and blanks, and both corpora may lie together")
    func both() throws {
        let fixture = try corpus(
            Self.paths.map { "wav/" + $0 } + ["aac/id00012/21Uxsk56VDQ/00001.m4a"],
            meta: ["vox1_meta.csv": Self.meta1, "vox2_meta.csv": Self.meta2])
        let contents = try fixture.read(layout: .voxceleb)
        #expect(contents.ids.first == "id00012/21Uxsk56VDQ/00001")
        #expect(
            contents.speakers["id00012"]
                == Speaker(id: "id00012", sex: .male, subset: "dev", name: "n000012"))
        #expect(contents.speakers.count == 4)
    }

    @Test("without a list the sex is unknown, and a warning says so")
    func withoutList() throws {
        let contents = try corpus(Self.paths.map { "dev/wav/" + $0 }).read(layout: .voxceleb)
        #expect(contents.warnings.count == 1)
        #expect(contents.warnings[0].contains("has no vox1_meta.csv or vox2_meta.csv in "))
        #expect(contents.speakers["id10001"] == Speaker(id: "id10001", sex: .unknown, subset: "dev"))
        #expect(contents.rejections.isEmpty)
    }

    @Test("a speaker that the list lacks is rejected, or accepted where the recipe says so")
    func unknownSpeakers() throws {
        let fixture = try corpus(["id10002/v/00001.wav", Self.paths[0]], meta: ["vox1_meta.csv": Self.meta1])
        #expect(
            try fixture.read(layout: .voxceleb).rejections == ["id10002/v/00001.wav": "unknown-speaker"])
        #expect(try fixture.read(layout: .voxceleb, unknown: .accept).rejections.isEmpty)
    }

    @Test("what does not lie at speaker, video and utterance is rejected by name")
    func badNames() throws {
        let paths = [
            "wav/id10001/00001.wav", "wav/A.J._Buckley/v/00001.wav", "wav/id10001/a/b/00001.wav", "00001.wav",
            "wav/idle/v/00001.wav",
        ]
        let contents = try corpus(paths + Self.paths, meta: ["vox1_meta.csv": Self.meta1])
            .read(layout: .voxceleb)
        #expect(contents.rejections == Dictionary(uniqueKeysWithValues: paths.map { ($0, "bad-name") }))
        #expect(contents.utterances.count == 8)
    }

    @Test("one utterance in two formats counts once")
    func twoFormats() throws {
        let contents = try corpus(["aac/id00012/v/00001.m4a", "wav/id00012/v/00001.wav"])
            .read(layout: .voxceleb)
        #expect(contents.rejections == ["wav/id00012/v/00001.wav": "duplicate-id"])
    }

    @Test("a damaged list of speakers is an error with its line")
    func damagedList() throws {
        for (text, said) in [
            (Self.meta1 + "id10001\tx\tm\tIreland\tdev\n", ":5: speaker id10001 is listed twice"),
            (Self.meta1 + "id10400\tx\n", ":5: the line has 2 fields"),
            ("id10001\tA\tm\tIreland\tdev\n", ":1: the first line names the columns"),
        ] {
            let complaint = try corpus(Self.paths, meta: ["vox1_meta.csv": text])
                .complaint(layout: .voxceleb)
            #expect(complaint.contains("vox1_meta.csv" + said), "\(complaint)")
        }
    }
}
