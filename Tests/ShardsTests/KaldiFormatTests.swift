import Corpus
import Foundation
import Testing

@testable import Shards

@Suite("Kaldi data directories")
struct KaldiFormatTests {
    @Test("have an archive for each shard, and lists that say where each row begins and what it is")
    func lists() throws {
        let fixture = try ShardFixture("kaldi")
        defer { fixture.remove() }
        let outline = ShardFixture.outline(rows: [.train: 3, .test: 1])
        let (receipts, files) = try fixture.write(KaldiFormat(outline), outline)
        #expect(receipts.map(\.rowCount) == [2, 1, 1])
        let names = [
            "feats.scp", "utt2spk", "utt2dur", "utt2num_frames", "utt2session", "utt2source", "spk2utt",
            "spk2label", "spk2name", "spk2gender", "frame_shift",
        ]
        #expect(files.map(\.name) == names.map { "train/" + $0 } + names.map { "test/" + $0 })
        #expect(
            try fixture.text("train/feats.scp") == """
                19-0-000000000 train/feats.000000.ark:15
                19-2-000000000 train/feats.000001.ark:15
                id7_x-1-000000000 train/feats.000000.ark:60

                """)
        #expect(try fixture.text("train/utt2num_frames").hasSuffix("id7_x-1-000000000 2\n"))
        #expect(try fixture.text("train/utt2dur").hasSuffix("id7_x-1-000000000 0.02\n"))
        #expect(
            try fixture.text("train/spk2utt") == "19 19-0-000000000 19-2-000000000\nid7_x id7_x-1-000000000\n"
        )
        #expect(try fixture.text("train/spk2gender") == "19 f\nid7_x m\n")
        #expect(try fixture.text("train/spk2label") == "19 0\nid7_x 1\n")
        #expect(try fixture.text("train/spk2name") == "19 19\nid7_x id7/x\n")
        #expect(try fixture.text("train/utt2session").hasSuffix("id7_x-1-000000000 s1\n"))
        #expect(try fixture.text("train/utt2source").hasSuffix("id7_x-1-000000000 0 320 1 utterance \"1\"\n"))
        #expect(try fixture.text("train/frame_shift") == "0.01\n")
        let ark = try fixture.bytes("train/feats.000000.ark")
        let head = Array("id7_x-1-000000000 \0BFM ".utf8) + [4, 2, 0, 0, 0, 4, 3, 0, 0, 0]
        #expect(Array(ark[42...]) == head + ShardFixture.bytes([100, 101, 102, 103, 104, 105]))
        #expect(try KaldiRules.broken(by: fixture.folder + "/train") == [])
    }

    @Test("pass the rules of validate_data_dir.sh for names that are hard to sort, and in any order of rows")
    func rules() throws {
        let fixture = try ShardFixture("kaldi-names")
        defer { fixture.remove() }
        let ids = ["a", "a-b", "a_b", "a/b", "aB", "1", "10", "1_0", "Zoë", "Zoé", "z"]
        let outline = ShardFixture.outline(
            rows: [.train: 66], speakers: ids.map { Speaker(id: $0, sex: .female) })
        _ = try fixture.write(KaldiFormat(outline), outline, rowsPerShard: 7) { number in
            // 29 and 66 have no common divisor: every row once, in another order.
            let place = number * 29 % 66
            let id = ids[place % 11]
            return ShardFixture.row(
                "\(PlainName.speaker(id))-\(place)-000000000" + (place % 5 == 0 ? "-copy1" : ""), of: id,
                ShardFixture.bytes([0, 1]), shape: [1, 2])
        }
        #expect(try KaldiRules.broken(by: fixture.folder + "/train") == [])
        // Three would be a_b, two Zo_; no two become one.
        let speakers = try fixture.text("train/spk2utt").split(separator: "\n")
        #expect(speakers.count == ids.count && speakers.allSatisfy { $0.split(separator: " ").count == 7 })
        let names = try fixture.text("train/spk2name").split(separator: "\n").map { $0.split(separator: " ") }
        #expect(Set(names.map { String($0[1]) }) == Set(ids))
        #expect(names.filter { $0[0].hasPrefix("a_b_") }.count == 3)
    }

    @Test("the rules that the tests use find what breaks them")
    func broken() {
        let whole = [
            "utt2spk": ["a-1 a", "b-1 b"], "spk2utt": ["a a-1", "b b-1"],
            "feats.scp": ["a-1 x:1", "b-1 x:2"],
            "utt2dur": ["a-1 1.5", "b-1 2.0"],
        ]
        #expect(KaldiRules.broken(whole) == [])
        let damages: [(String, [String])] = [
            ("utt2spk", ["b-1 b", "a-1 a"]), ("utt2spk", ["a-1 b", "b-1 a"]), ("spk2utt", ["a a-1 b-1"]),
            ("feats.scp", ["a-1 x:1"]), ("utt2dur", ["a-1 0.0", "b-1 2.0"]), ("spk2gender", ["a f", "b u"]),
            ("spk2gender", ["a f"]), ("utt2num_frames", ["a-1 1.5", "b-1 2"]),
            ("wav.scp", ["a-1 ~/a.wav", "b-1 b"]),
        ]
        for (name, lines) in damages {
            #expect(!KaldiRules.broken(whole.merging([name: lines]) { $1 }).isEmpty, "\(name) \(lines)")
        }
    }

    @Test(
        "a side with a speaker of unknown sex has no spk2gender, and examples that are no frames no frame_shift"
    )
    func unknown() throws {
        let fixture = try ShardFixture("kaldi-vectors")
        defer { fixture.remove() }
        let outline = ShardFixture.outline(
            columns: [ShardColumn("features", .array(.float16, shape: [2]))] + ShardFixture.labels,
            rows: [.train: 1], hop: nil, speakers: [Speaker(id: "19", sex: .unknown)])
        // 1 and −2 in half precision.
        let (_, files) = try fixture.write(KaldiFormat(outline), outline) { _ in
            ShardFixture.row("19-0-0", [0, 0x3C, 0, 0xC0], shape: [2])
        }
        #expect(
            files.map(\.name)
                == [
                    "feats.scp", "utt2spk", "utt2dur", "utt2session", "utt2source", "spk2utt", "spk2label",
                    "spk2name",
                ].map { "train/" + $0 })
        let head = Array("19-0-0 \0BFV ".utf8) + [4, 2, 0, 0, 0]
        #expect(try fixture.bytes("train/feats.000000.ark") == head + ShardFixture.bytes([1, -2]))
        #expect(try KaldiRules.broken(by: fixture.folder + "/train") == [])
    }

    @Test("trials are one file for each side, with the keys that the rows have")
    func trials() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let columns = ["a_speaker", "b_speaker", "a_key", "b_key"].map { ShardColumn($0, .text) }
        let outline = ShardFixture.outline(
            .trials, columns: [ShardColumn("label", .integer)] + columns, rows: [.test: 3],
            speakers: [
                Speaker(id: "a-b", sex: .male), Speaker(id: "a_b", sex: .male), Speaker(id: "c", sex: .male),
            ])
        let (receipts, files) = try fixture.write(KaldiFormat(outline), outline, rowsPerShard: 1) { number in
            var row = ShardRow()
            row.values = [
                .integer(number % 2), .text("c"), .text(number % 2 == 0 ? "a-b" : "c"), .text("c-1"),
                .text(number % 2 == 0 ? "a_b-2" : "c-3"),
            ]
            return row
        }
        #expect(receipts.flatMap(\.files).map(\.name) == ["test/trials"] && files.isEmpty)
        // `printf a-b | sha256sum` begins with d44362d6.
        #expect(
            try fixture.text("test/trials") == """
                c-1 a_b_d44362d6-2 nontarget
                c-1 c-3 target
                c-1 a_b_d44362d6-2 nontarget

                """)
    }

    @Test("examples of more than two sizes are refused with their sizes")
    func pictures() {
        let outline = ShardFixture.outline(
            columns: [ShardColumn("features", .array(.float32, shape: [3, 224, nil]))] + ShardFixture.labels,
            rows: [.train: 1])
        let error = #expect(throws: ShardError.self) { try KaldiFormat(outline) }
        #expect(error?.message.contains("[3, 224, any]") == true)
    }
}
