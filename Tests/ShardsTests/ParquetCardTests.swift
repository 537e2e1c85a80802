import Corpus
import Foundation
import Testing

@testable import Shards

@Suite("what a Parquet export tells Hugging Face's datasets")
struct ParquetCardTests {
    /// datasets 5.2.0, `yaml.safe_dump({"dataset_info": {"config_name": "default", "features": f._to_yaml_list()}},
    /// sort_keys=False)` of `f = Features({"a": Array2D((None, 64), "float32"), "b": Array3D((2, 3, 4), "float32"),
    /// "c": List(Value("float32")), "d": Audio(16000), "e": Value("int64"), "f": Value("string"), "key":
    /// Value("string")})`.
    @Test("the head of the README has the features as datasets writes them") func card() throws {
        let columns = [
            ShardColumn("a", .array(.float32, shape: [nil, 64])),
            ShardColumn("b", .array(.float16, shape: [2, 3, 4])),
            ShardColumn("c", .array(.float32, shape: [nil])), ShardColumn("d", .audio(sampleRate: 16000)),
            ShardColumn("e", .integer), ShardColumn("f", .text),
        ]
        let format = try ParquetFormat(ShardFixture.outline(columns: columns, rows: [.train: 1]))
        #expect(
            format.cardLines.joined(separator: "\n") == """
                dataset_info:
                  config_name: default
                  features:
                  - name: a
                    dtype:
                      array2_d:
                        shape:
                        - null
                        - 64
                        dtype: float32
                  - name: b
                    dtype:
                      array3_d:
                        shape:
                        - 2
                        - 3
                        - 4
                        dtype: float32
                  - name: c
                    list: float32
                  - name: d
                    dtype:
                      audio:
                        sampling_rate: 16000
                  - name: e
                    dtype: int64
                  - name: f
                    dtype: string
                  - name: key
                    dtype: string
                """)
    }

    /// datasets takes a column's feature from here if its type is the column's.
    @Test("the files have their features in an entry of JSON") func metadata() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let columns = [
            ShardColumn("audio", .audio(sampleRate: 8000)),
            ShardColumn("x", .array(.float32, shape: [nil, 3])),
        ]
        let outline = ShardFixture.outline(columns: columns, rows: [.train: 1])
        _ = try fixture.write(ParquetFormat(outline), outline) { _ in
            var row = ShardRow()
            row.key = "k"
            row.append(audio: [1, 2], sampleCount: 5)
            unsafe ([1, 2, 3] as [Float]).withUnsafeBytes { unsafe row.append(shape: [1, 3], $0) }
            return row
        }
        let file = ParquetContents(try fixture.bytes("train/train-00000-of-00001.parquet"))
        let entry = try #require(file.metadata[5]?.list.first)
        #expect(entry[1]?.text == "huggingface")
        #expect(
            entry[2]?.text
                == #"{"info": {"features": {"audio": {"sampling_rate": 8000, "_type": "Audio"}, "x": {"feature": {"feature": "#
                + #"{"dtype": "float32", "_type": "Value"}, "_type": "List"}, "_type": "List"}, "#
                + #""key": {"dtype": "string", "_type": "Value"}}}}"#)
        let names = (file.metadata[2]?.list ?? []).map { $0[4]?.text }
        #expect(
            names == [
                "schema", "audio", "bytes", "path", "x", "list", "element", "list", "element", "key",
            ])
    }
}
