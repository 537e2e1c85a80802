import ContentStore
import Corpus

/// Parquet files with Hugging Face's description of their features. Debian has no library that writes Parquet, so this
/// writes the little that is needed: plain, not compressed, one page for each column of a row group.
///
///     train/train-00000-of-00005.parquet
///     "PAR1" │ row group: a page for each column │ … │ FileMetaData (Thrift, compact) │ u32 its length │ "PAR1"
///
/// Numbers are int64, texts UTF-8, arrays nested lists of float (half precision becomes single), audio a struct of
/// `bytes` (FLAC) and `path`.
package struct ParquetFormat: ShardFormat {
    package static let name = "parquet"
    package static let contents: [ExportOutline.Content] = [.examples, .audio, .pairs, .triplets, .trials]

    private let outline: ExportOutline

    package init(_ outline: ExportOutline) throws(ShardError) {
        try outline.requireFloats(ParquetFormat.name)
        self.outline = outline
    }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        valueByteCount + valueByteCount / 16 + rowCount * outline.columns.count * 16 + 4096
    }

    package func writer(_ place: ShardPlace, in folder: ShardFolder) throws(ShardError) -> any ShardWriter {
        try ParquetWriter(outline, place, in: folder)
    }

    /// The `huggingface` entry: what `datasets` takes the features from.
    static func features(_ outline: ExportOutline) -> String {
        var fields = outline.columns.map { (name: $0.name, json: feature($0.kind)) }
        fields.append(("key", #"{"dtype": "string", "_type": "Value"}"#))
        return #"{"info": {"features": "# + JSONText.object(fields) + "}}"
    }

    private static func feature(_ kind: ShardColumn.Kind) -> String {
        switch kind {
        case .integer: return #"{"dtype": "int64", "_type": "Value"}"#
        case .text: return #"{"dtype": "string", "_type": "Value"}"#
        case .audio(let rate): return "{\"sampling_rate\": \(rate), \"_type\": \"Audio\"}"
        case .array(_, let shape):
            let value = #"{"dtype": "float32", "_type": "Value"}"#
            return shape.reduce(value) { inner, _ in "{\"feature\": \(inner), \"_type\": \"List\"}" }
        }
    }

    /// What the head of the README tells `datasets`: arrays of two sizes and more as what they are. It then makes them
    /// whole instead of number by number, many times as fast, which the description in the files cannot ask for.
    package var cardLines: [String] {
        var lines = ["dataset_info:", "  config_name: default", "  features:"]
        for column in outline.columns {
            lines += ["  - name: \(column.name)"] + ParquetFormat.card(column.kind)
        }
        return lines + ["  - name: key", "    dtype: string"]
    }

    private static func card(_ kind: ShardColumn.Kind) -> [String] {
        switch kind {
        case .integer: return ["    dtype: int64"]
        case .text: return ["    dtype: string"]
        case .audio(let rate): return ["    dtype:", "      audio:", "        sampling_rate: \(rate)"]
        case .array(_, let shape):
            guard (2...5).contains(shape.count), !shape.dropFirst().contains(nil) else {
                let lists = shape.indices.dropLast().map { String(repeating: "  ", count: $0 + 2) + "list:" }
                return lists + [String(repeating: "  ", count: shape.count + 1) + "list: float32"]
            }
            return ["    dtype:", "      array\(shape.count)_d:", "        shape:"]
                + shape.map { "        - " + ($0.map(String.init) ?? "null") } + ["        dtype: float32"]
        }
    }

    package var loader: String {
        """
        # pip install pyarrow numpy torch
        import os, pathlib, numpy, pyarrow, pyarrow.parquet, torch

        FOLDER = pathlib.Path(__file__).resolve().parent

        \(ReaderPlace.program)

        def values(column):
            \"""The values of a column: for lists in lists a NumPy array each.\"""
            column = column.combine_chunks()
            if not pyarrow.types.is_list(column.type):
                return column.to_pylist()
            ends, sizes, column = column.offsets.to_numpy(), [], column.flatten()
            while pyarrow.types.is_list(column.type):
                inner = column.flatten()
                sizes.append(len(inner) // max(len(column), 1))
                column = inner
            whole = column.to_numpy().reshape(-1, *sizes)
            return [whole[start - ends[0]:end - ends[0]].copy() for start, end in zip(ends, ends[1:])]

        class Rows(Reader, torch.utils.data.IterableDataset):
            \"""Every reader has its share of the rows, one after another, and opens only the row groups that hold it.\"""

            def __init__(self, split="train"):
                self.paths = sorted((FOLDER / split).glob("*.parquet"))

            def __iter__(self):
                number, count = self.place()
                files = [pyarrow.parquet.ParquetFile(path) for path in self.paths]
                total, first = sum(file.metadata.num_rows for file in files), 0
                begin, end = total * number // count, total * (number + 1) // count
                for file in files:
                    for group in range(file.num_row_groups):
                        rows = file.metadata.row_group(group).num_rows
                        low, high = max(begin - first, 0), min(end - first, rows)
                        first += rows
                        if low < high:
                            table = file.read_row_group(group).slice(low, high - low)
                            for row in zip(*(values(column) for column in table.columns)):
                                yield dict(zip(table.column_names, row))

        if __name__ == "__main__":
            rows = Rows(sorted(p.parent.name for p in FOLDER.glob("*/*-00000-of-*.parquet"))[-1])
            loader = torch.utils.data.DataLoader(rows, batch_size=None, num_workers=2)
            print(sum(1 for _ in loader), "rows")

        """
    }
}
