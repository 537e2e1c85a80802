import Corpus
import Foundation
import Testing

@testable import Shards

@Suite("lists and the files they name")
struct ListFormatTests {
    static let audio = [ShardColumn("audio", .audio(sampleRate: 16000))] + ShardFixture.labels

    /// An utterance whose FLAC file is the bytes of its number.
    static func utterance(_ number: Int) -> ShardRow {
        var row = ShardRow()
        row.key = "19-198-\(number)"
        row.append(audio: Array("flac \(number)".utf8), sampleCount: 24000)
        row.values += [
            .integer(0), .text("0019"), .text("198"), .text("19-198-\(number)"), .text("f"), .integer(0),
            .integer(24000), .integer(number),
        ]
        return row
    }

    @Test(
        "a field with a comma, a quote or any end of line is quoted as RFC 4180 has it",
        arguments: [
            ("plain", "plain"), ("a b", "a b"), ("", ""), ("a,b", "\"a,b\""),
            ("say \"a\"", "\"say \"\"a\"\"\""),
            ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""), ("a\r\nb", "\"a\r\nb\""),
            ("a,\u{301}b", "\"a,\u{301}b\""), ("\"\u{301}", "\"\"\"\u{301}\""),
        ])
    func quoting(field: String, text: String) {
        #expect(Array(ListTable.quoted(field).utf8) == Array(text.utf8))
    }

    @Test("CSV of audio has SpeechBrain's columns, FLAC files beside it and clovaai's list")
    func csvAudio() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(.audio, columns: Self.audio, rows: [.train: 3])
        let (receipts, files) = try fixture.write(CSVFormat(outline), outline, row: Self.utterance)
        #expect(
            try fixture.text("train/train-000001.csv")
                == "ID,duration,wav,start,stop,spk_id,label,session,utterance,sex,row\r\n"
                + "19-198-2,1.5,audio/00000/19-198-2.flac,0,24000,0019,0,198,19-198-2,f,2\r\n")
        #expect(try fixture.text("train/audio/00000/19-198-2.flac") == "flac 2")
        #expect(
            receipts.map { $0.files.map(\.name) } == [
                [
                    "train/train-000000.csv", "train/audio/00000/19-198-0.flac",
                    "train/audio/00000/19-198-1.flac",
                ], ["train/train-000001.csv", "train/audio/00000/19-198-2.flac"],
            ])
        #expect(files.map(\.name) == ["train/list.txt"])
        #expect(
            try fixture.text("train/list.txt")
                == (0..<3).map { "0019 audio/00000/19-198-\($0).flac\n" }.joined())
    }

    @Test("JSON lines of audio are a manifest as NeMo reads it, and text stays text")
    func nemo() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(.audio, columns: Self.audio, rows: [.train: 1])
        _ = try fixture.write(JSONLinesFormat(outline), outline, row: Self.utterance)
        #expect(
            try fixture.text("train/train-000000.jsonl")
                == #"{"audio_filepath": "audio/00000/19-198-0.flac", "duration": 1.5, "offset": 0.0, "label": "0019", "#
                + #""key": "19-198-0", "class": 0, "start": 0, "length": 24000, "session": "198", "#
                + #""utterance": "19-198-0", "sex": "f", "row": 0}"# + "\n")
    }

    @Test("examples name their part of the utterance, and no file")
    func examples() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(rows: [.test: 2])
        let (_, files) = try fixture.write(CSVFormat(outline), outline)
        #expect(files.isEmpty)
        let lines = try fixture.text("test/test-000000.csv").components(separatedBy: "\r\n")
        #expect(lines[2] == #"id7_x-1-000000000,0.02,,0,320,id7/x,1,s1,"utterance ""1""",m,1"#)
    }

    @Test("AudioFolder puts a thousand files in a folder, and one list names all of a side")
    func folders() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(.audio, columns: Self.audio, rows: [.train: 1001])
        let (receipts, _) = try fixture.write(AudioFolderFormat(outline), outline, row: Self.utterance)
        #expect(receipts.count == 1 && receipts[0].files.count == 1002)
        let lines = try fixture.text("train/metadata.jsonl").split(separator: "\n")
        #expect(lines.count == 1001)
        #expect(lines[1000].hasPrefix(#"{"file_name": "audio/00001/19-198-1000.flac", "key": "19-198-1000""#))
        #expect(lines[0].contains(#""speaker": "0019""#))
        #expect(try fixture.text("train/audio/00001/19-198-1000.flac") == "flac 1000")
    }

    @Test("trials are a list of 1 or 0 and two keys, as VoxCeleb's are")
    func trials() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let columns = [
            ShardColumn("label", .integer), ShardColumn("a_key", .text), ShardColumn("b_key", .text),
        ]
        let outline = ShardFixture.outline(.trials, columns: columns, rows: [.test: 3])
        _ = try fixture.write(CSVFormat(outline), outline) { number in
            var row = ShardRow()
            row.key = "test-\(number)"
            row.values = [.integer(number % 2), .text("a\(number)"), .text("b\(number)")]
            return row
        }
        #expect(try fixture.text("test/list.txt") == "0 a0 b0\n1 a1 b1\n0 a2 b2\n")
        #expect(try fixture.text("test/test-000001.csv") == "key,label,a_key,b_key\r\ntest-2,0,a2,b2\r\n")
    }
}
