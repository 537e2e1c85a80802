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

    package init(_ outline: ExportOutline) { self.outline = outline }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        valueByteCount + valueByteCount / 16 + rowCount * outline.columns.count * 16 + 4096
    }

    package func writer(_ place: ShardPlace, in folder: String) throws(ShardError) -> any ShardWriter {
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

    package var loader: String {
        """
        # pip install pyarrow numpy torch
        import pathlib, numpy, pyarrow.parquet, torch

        FOLDER = pathlib.Path(__file__).resolve().parent

        class Rows(torch.utils.data.IterableDataset):
            \"""Row groups are divided over ranks and workers, each read by one.\"""

            def __init__(self, split="train"):
                self.paths = sorted((FOLDER / split).glob("*.parquet"))

            def __iter__(self):
                rank, ranks = 0, 1
                if torch.distributed.is_available() and torch.distributed.is_initialized():
                    rank, ranks = torch.distributed.get_rank(), torch.distributed.get_world_size()
                info = torch.utils.data.get_worker_info()
                worker, workers = (info.id, info.num_workers) if info else (0, 1)
                number, count, turn = rank * workers + worker, ranks * workers, 0
                for path in self.paths:
                    file = pyarrow.parquet.ParquetFile(path)
                    for group in range(file.num_row_groups):
                        turn += 1
                        if turn % count == number:
                            for row in file.read_row_group(group).to_pylist():
                                yield {k: numpy.array(v, "float32") if isinstance(v, list) else v for k, v in row.items()}

        if __name__ == "__main__":
            rows = Rows(sorted(p.parent.name for p in FOLDER.glob("*/*-00000-of-*.parquet"))[-1])
            loader = torch.utils.data.DataLoader(rows, batch_size=None, num_workers=2)
            print(sum(1 for _ in loader), "rows")

        """
    }
}
