import Corpus
import Foundation
import Testing

@testable import Shards

@Suite("Lhotse Shar")
struct LhotseSharFormatTests {
    private static let waveforms = #"{"features":{"kind":"raw"}}"#

    @Test(
        "has a line for each cut, and a tar with its array and manifest in pairs, and nothing else in a side's folder"
    )
    func features() throws {
        let fixture = try ShardFixture("shar")
        defer { fixture.remove() }
        let outline = ShardFixture.outline(rows: [.train: 3, .test: 1])
        let (receipts, files) = try fixture.write(LhotseSharFormat(outline), outline)
        #expect(files.isEmpty)
        #expect(
            receipts.flatMap(\.files).map(\.name) == [
                "train/cuts.000000.jsonl", "train/features.000000.tar", "train/cuts.000001.jsonl",
                "train/features.000001.tar", "test/cuts.000000.jsonl", "test/features.000000.tar",
            ])
        let path = fixture.folder + "/train/features.000000.tar"
        #expect(
            try ShardFixture.run("tar", ["-tf", path]).split(separator: "\n") == [
                "19-0-000000000.npy", "19-0-000000000.json", "id7_x-1-000000000.npy",
                "id7_x-1-000000000.json",
            ])
        let manifest = try ShardFixture.run("tar", ["-xOf", path, "id7_x-1-000000000.json"])
        #expect(
            manifest == """
                {"type": "twinset", "num_frames": 2, "num_features": 3, "frame_shift": 0.01, "sampling_rate": 16000, \
                "start": 0, "duration": 0.02, "storage_type": "shar", "storage_path": "", "storage_key": "", \
                "recording_id": "id7_x-1-000000000", "channels": 0}

                """)
        let cut = try fixture.text("train/cuts.000000.jsonl").split(separator: "\n")[1]
        #expect(
            cut == """
                {"id": "id7_x-1-000000000", "start": 0.0, "duration": 0.02, "channel": 0, "supervisions": [\
                {"id": "id7_x-1-000000000", "recording_id": "id7_x-1-000000000", "start": 0.0, "duration": 0.02, \
                "channel": 0, "speaker": "id7/x", "gender": "m"}], "features": \(manifest.dropLast()), "custom": \
                {"label": 1, "utterance": "utterance \\"1\\"", "session": "s1", "start_sample": 0, \
                "sample_count": 320, "row": 1}, "type": "MonoCut"}
                """)
    }

    /// Seconds are the doubles nearest to samples / rate, which is what Lhotse computes itself.
    @Test(
        "durations give the frames and the samples again at rates that no decimal holds",
        arguments: [11025, 22050, 44100])
    func durations(rate: Int) throws {
        let fixture = try ShardFixture("shar-\(rate)")
        defer { fixture.remove() }
        let outline = ShardFixture.outline(rows: [.train: 3], sampleRate: rate, hop: 110)
        _ = try fixture.write(LhotseSharFormat(outline), outline, rowsPerShard: 3)
        let lines = try fixture.text("train/cuts.000000.jsonl").split(separator: "\n")
        for (number, line) in lines.enumerated() {
            let cut = try JSONDecoder().decode(Cut.self, from: Data(line.utf8))
            #expect(cut.features.frameShift == 110 / Double(rate))
            #expect(cut.duration == 110 * Double(number + 1) / Double(rate))
        }
    }

    private struct Cut: Decodable {
        struct Features: Decodable {
            let frameShift: Double

            private enum CodingKeys: String, CodingKey {
                case frameShift = "frame_shift"
            }
        }
        let duration: Double
        let features: Features
    }

    @Test("waveforms that are examples are recordings of 32-bit floats, widened from half precision")
    func recordings() throws {
        let fixture = try ShardFixture("shar-waveforms")
        defer { fixture.remove() }
        let outline = ShardFixture.outline(
            columns: [ShardColumn("features", .array(.float16, shape: [2]))] + ShardFixture.labels,
            rows: [.train: 1], sampleRate: 4000, hop: nil, parameters: Self.waveforms)
        _ = try fixture.write(LhotseSharFormat(outline), outline) { _ in
            ShardFixture.row("19-0-0", [0, 0x3C, 0, 0xC0], shape: [2], length: 2)
        }
        let tar = try fixture.bytes("train/recording.000000.tar")
        let head: [UInt8] =
            Array("RIFF".utf8) + [58, 0, 0, 0] + Array("WAVEfmt ".utf8)
            + [18, 0, 0, 0, 3, 0, 1, 0, 0xA0, 0x0F, 0, 0, 0x80, 0x3E, 0, 0, 4, 0, 32, 0, 0, 0]
            + Array("fact".utf8) + [4, 0, 0, 0, 2, 0, 0, 0] + Array("data".utf8) + [8, 0, 0, 0]
        #expect(Array(tar[512..<578]) == head + ShardFixture.bytes([1, -2]))
        let cut = try fixture.text("train/cuts.000000.jsonl")
        #expect(cut.contains(#""num_samples": 2, "duration": 0.0005"#) && !cut.contains("features"))
    }

    @Test(
        "arrays that are neither frames nor waveforms are the custom field 'example'",
        arguments: [[4], [2, 2], [1, 2, 2]])
    func others(shape: [Int]) throws {
        let fixture = try ShardFixture("shar-example-\(shape.count)")
        defer { fixture.remove() }
        let outline = ShardFixture.outline(
            columns: [ShardColumn("features", .array(.float32, shape: shape))] + ShardFixture.labels,
            rows: [.train: 1], hop: nil)
        let (receipts, _) = try fixture.write(LhotseSharFormat(outline), outline) { _ in
            ShardFixture.row("19-0-0", ShardFixture.bytes([1, 2, 3, 4]), shape: shape)
        }
        #expect(receipts[0].files.map(\.name) == ["train/cuts.000000.jsonl", "train/example.000000.tar"])
        let sizes = shape.map(String.init).joined(separator: ", ")
        let line = try fixture.text("train/cuts.000000.jsonl")
        #expect(
            line.contains(#""example": {"storage_type": "shar","#) && line.contains(#""shape": [\#(sizes)]"#))
        #expect(line.contains(#""num_samples": 400, "duration": 0.025"#))
    }

    @Test("has the same bytes whenever it is written")
    func reproducible() throws {
        let (first, second) = (try ShardFixture(), try ShardFixture())
        defer {
            first.remove()
            second.remove()
        }
        let outline = ShardFixture.outline(rows: [.train: 5])
        #expect(
            try first.write(LhotseSharFormat(outline), outline).receipts
                == second.write(LhotseSharFormat(outline), outline).receipts)
    }
}
