import Corpus
import Foundation
import Testing

@testable import Stages

@Suite("LibriSpeech's SPEAKERS.TXT")
struct CorporaSpeakersTests {
    private func table(_ bytes: [UInt8]) throws -> SpeakersTable {
        let folder = try StageFolder()
        try folder.write(bytes, to: "SPEAKERS.TXT")
        return try SpeakersTable(path: folder.path + "/SPEAKERS.TXT")
    }

    private func table(_ text: String) throws -> SpeakersTable { try table(Array(text.utf8)) }

    /// Lines as they stand in the published file, with its header.
    private let published = """
        ; Some information about the speakers in the LibriSpeech corpus
        ;
        ;ID  |SEX| SUBSET           |MINUTES| NAME
        14   | F | train-clean-360  | 25.03 | Kristin LeMoine
        19   | F | train-clean-100  | 25.19 | Kara Shallenberg
        60   | M | train-clean-100  | 20.18 | |CBW|Simon
        ;61  | M | test-clean       | 8.08  | Paul-Gabriel Wiener
        """

    @Test("published lines are read whole, with bars in a name, and comments are none")
    func lines() throws {
        let speakers = try table(published).speakers
        #expect(speakers.count == 3)
        #expect(
            speakers["14"]
                == Speaker(id: "14", sex: .female, subset: "train-clean-360", name: "Kristin LeMoine"))
        #expect(
            speakers["60"] == Speaker(id: "60", sex: .male, subset: "train-clean-100", name: "|CBW|Simon"))
    }

    @Test("line ends of every kind, blanks at the ends, blank lines and a byte order mark change nothing")
    func blanks() throws {
        let expected = try table(published).speakers
        let lines = published.split(separator: "\n")
        let trailing = lines.map { $0 + " \t" }.joined(separator: "\n") + "\n\n   \n"
        let leading = lines.map { "  " + $0 }.joined(separator: "\n")
        for text in [
            lines.joined(separator: "\r\n") + "\r\n", lines.joined(separator: "\r"), trailing, leading,
            "\u{FEFF}" + lines.joined(separator: "\n"),
            "\u{FEFF}" + lines.dropFirst(3).joined(separator: "\n"),
        ] {
            #expect(try table(text).speakers == expected, "\(text.debugDescription)")
        }
    }

    @Test("sexes are read in either case, and anything else is unknown")
    func sexes() throws {
        let speakers = try table("1|m|a\n2|f|a\n3| F |a\n4|?|a\n5||a\n").speakers
        #expect(
            ["1", "2", "3", "4", "5"].map { speakers[$0]?.sex } == [
                .male, .female, .female, .unknown, .unknown,
            ])
    }

    @Test("a line without minutes and name is read, and one without a subset has none")
    func shortLines() throws {
        let speakers = try table("1 | F | dev-clean\n2 | M | | 3.0 | \n").speakers
        #expect(speakers["1"] == Speaker(id: "1", sex: .female, subset: "dev-clean", name: nil))
        #expect(speakers["2"]?.subset == nil && speakers["2"]?.sex == .male)
    }

    @Test(
        "a line that is no speaker's is refused with its number and its text",
        arguments: ["19", "19 | F", " | F | dev-clean", "garbage"])
    func refusals(line: String) throws {
        let folder = try StageFolder()
        try folder.write("; header\n14 | F | a\n\(line)\n", to: "SPEAKERS.TXT")
        do {
            _ = try SpeakersTable(path: folder.path + "/SPEAKERS.TXT")
            Issue.record("'\(line)' was read as a speaker")
        } catch {
            #expect(
                error.message
                    == "\(folder.path)/SPEAKERS.TXT:3: a speaker is 'ID | SEX | SUBSET | MINUTES | NAME', not '\(line)'"
            )
        }
    }

    @Test("a speaker listed twice is refused with the second line's number")
    func twice() throws {
        let folder = try StageFolder()
        try folder.write("14 | F | a\r\n; between\r\n14 | M | b\r\n", to: "SPEAKERS.TXT")
        do {
            _ = try SpeakersTable(path: folder.path + "/SPEAKERS.TXT")
            Issue.record("a speaker was taken twice")
        } catch {
            #expect(
                error.message == "\(folder.path)/SPEAKERS.TXT:3: speaker 14 is listed twice; keep one line")
        }
    }

    /// The list as published, when the real corpus lies beside the checkout.
    private static let realList = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("shared/data/LibriSpeech/SPEAKERS.TXT").path

    @Test(
        "the published list has 2484 speakers, 251 of them in train-clean-100",
        .enabled(if: FileManager.default.fileExists(atPath: CorporaSpeakersTests.realList)))
    func publishedList() throws {
        let speakers = try SpeakersTable(path: CorporaSpeakersTests.realList).speakers
        #expect(speakers.count == 2_484)
        #expect(speakers.values.count { $0.subset == "train-clean-100" } == 251)
        #expect(speakers["60"]?.name == "|CBW|Simon")
        #expect(speakers.values.allSatisfy { $0.sex != .unknown })
    }
}
