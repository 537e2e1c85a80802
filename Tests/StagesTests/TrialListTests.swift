import ContentStore
import Foundation
import Testing

@testable import Stages

@Suite("lists of trials")
struct TrialListTests {
    private func list(_ text: String, _ path: String = "/lists/mine.txt") throws(StageError) -> TrialList {
        try TrialList(Array(text.utf8), path: path)
    }

    private func complaint(_ text: String) -> String {
        do {
            _ = try list(text)
            return ""
        } catch {
            return error.message
        }
    }

    @Test("VoxCeleb's form is read with its label first, in order, whatever ends its lines")
    func voxceleb() throws {
        let text = "1 id10270/a/00001.wav id10270/b/00001.wav\n0 id10270/a/00001.wav id10300/c/00002.wav\n"
        for variant in [
            text, text.replacing("\n", with: "\r\n"), "\u{FEFF}" + text, String(text.dropLast()),
            text + "\n\n",
            text.replacing(" ", with: "\t"),
        ] {
            let found = try list(variant)
            #expect(found.form == .voxceleb && found.name == "mine.txt")
            #expect(
                found.trials == [
                    .init(enrollment: "id10270/a/00001.wav", test: "id10270/b/00001.wav", isTarget: true),
                    .init(enrollment: "id10270/a/00001.wav", test: "id10300/c/00002.wav", isTarget: false),
                ])
            #expect(found.targetCount == 1)
            #expect(
                found.utterances == ["id10270/a/00001.wav", "id10270/b/00001.wav", "id10300/c/00002.wav"])
        }
    }

    @Test("Kaldi's form is read with its label last")
    func kaldi() throws {
        let found = try list("a-1 b-1 nontarget\na-1 a-2 target\n")
        #expect(found.form == .kaldi)
        #expect(found.trials.map(\.isTarget) == [false, true])
        #expect(found.trials[1] == .init(enrollment: "a-1", test: "a-2", isTarget: true))
    }

    @Test("a list is known by the SHA-256 of its bytes")
    func digest() throws {
        // printf '1 a b\n' | sha256sum; printf '1 a b\n' | md5sum (GNU coreutils 9.1)
        let found = try list("1 a b\n")
        #expect(found.digest.hex == "075042c3bc10236544ba3931c19c2f56bea4ba9962c072394f6e06300470a9ff")
        #expect(found.md5 == "567b2c160c787b03108cfd456aa030f5")
        #expect(try list("1 a b").digest != found.digest)
    }

    @Test(
        "a malformed line is an error with its file and line",
        arguments: [
            ("1 a b\n1 a\n", ":2: it has 2 fields"), ("1 a b\n0 a b c\n", ":2: it has 4 fields"),
            ("a b maybe\n", ":1: neither its first field"),
            ("1 a b\na b target\n", ":2: its first field is not 0 or 1"),
            ("a b target\n1 a b\n", ":2: its last field is not target"), ("2 a b\n", ":1: neither"),
            ("\n\n1 a\n", ":3: it has 2 fields"),
        ])
    func malformed(text: String, said: String) {
        #expect(complaint(text).hasPrefix("/lists/mine.txt" + said), "\(complaint(text))")
        #expect(complaint(text).contains("a trial is '1 UTTERANCE UTTERANCE'"))
    }

    @Test("a list without a trial and one that is no text are refused")
    func none() throws {
        #expect(complaint("\n").contains("holds no trial"))
        let error = #expect(throws: StageError.self) {
            try TrialList(Array("1 a ".utf8) + [0xFF, 0xFE, 10], path: "x.txt")
        }
        #expect(error?.message.contains("x.txt:1: it is not UTF-8 text") == true)
        let missing = #expect(throws: StageError.self) { try TrialList(path: "/nowhere/veri_test.txt") }
        #expect(missing?.message.contains("/nowhere/veri_test.txt") == true)
    }

    @Test("an official list is recognized by its bytes, by name and number of trials, or not at all")
    func official() throws {
        typealias Official = OfficialTrials
        let md5 = "b73110731c9223c1461fe49cb48dddfc"
        #expect(Official.recognize(name: "x.txt", count: 1, md5: md5) == .published(.oCleaned))
        #expect(
            Official.recognize(name: "list_test_hard2.txt", count: 550_894, md5: "")
                == .sameNameAndCount(.hCleaned))
        let other = Official.recognize(name: "veri_test.txt", count: 37_611, md5: "")
        #expect(other == .sameNameOnly(.o))
        #expect(
            other.sentence(name: "veri_test.txt", count: 37_611)
                == "veri_test.txt has the name of VoxCeleb1-O, but 37 611 trials where that has 37 720: it is another list"
        )
        #expect(Official.recognize(name: "mine", count: 579_818, md5: "") == .sameCountOnly(.eCleaned))
        #expect(Official.recognize(try list("1 a b\n")) == .unknown)
    }

    @Test("names of utterances come to ids without the folders and endings of archives")
    func names() {
        let expected = [
            "id10270/5r0dWxy17C8/00001.wav": "id10270/5r0dWxy17C8/00001",
            "wav/id10270/5r0dWxy17C8/00001.wav": "id10270/5r0dWxy17C8/00001",
            "./dev/aac/id00012/21Uxsk56VDQ/00001.m4a": "id00012/21Uxsk56VDQ/00001",
            "id10270/5r0dWxy17C8/00001": "id10270/5r0dWxy17C8/00001", "19-198-0001": "19-198-0001",
            "a.b": "a.b", "a.b.FLAC": "a.b", "wav": "wav",
        ]
        for (name, id) in expected { #expect(UtteranceName.id(name) == id, "\(name)") }
    }
}
