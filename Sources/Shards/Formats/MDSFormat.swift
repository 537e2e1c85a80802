import ContentStore
import Corpus

/// Mosaic's streaming shards, one folder for each side, with random access and checked hashes.
///
///     train/index.json        {"version": 2, "shards": […]}
///     train/shard.00000.mds   u32 n │ u32 offset [n + 1] │ JSON of the form │ samples
///     sample                  u32 size of each column that varies, then the columns' bytes, sorted by name
///
/// Arrays of one shape are `ndarray:float32:64,64`; others carry their shape: u8 (rank << 2 | width), sizes, data, where
/// width 0, 1 or 2 stands for sizes of 8, 16 or 32 bits, the fewest that hold all. Shards and index have the bytes that
/// the library's own writer gives them.
package struct MDSFormat: ShardFormat {
    package static let name = "mds"
    package static let contents: [ExportOutline.Content] = [.examples, .audio, .pairs, .triplets]
    /// Offsets are 32 bits wide.
    static let byteLimit = Int(UInt32.max)

    private let outline: ExportOutline

    package init(_ outline: ExportOutline) { self.outline = outline }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        valueByteCount + rowCount * outline.columns.count * 16 + 1024
    }

    package func writer(_ place: ShardPlace, in folder: ShardFolder) throws(ShardError) -> any ShardWriter {
        try MDSWriter(outline, place, in: folder)
    }

    package func finish(_ receipts: [ShardReceipt], in folder: String) throws(ShardError) -> [WrittenFile] {
        var written: [WrittenFile] = []
        for split in outline.splits {
            let shards = receipts.filter { $0.side == split.side }.flatMap { $0.notes["shard"] ?? [] }
            let text = "{\"shards\": [\(shards.joined(separator: ", "))], \"version\": 2}"
            written.append(try ShardFile.write(text, to: "\(split.name)/index.json", in: folder))
        }
        return written
    }

    package var loader: String {
        """
        # pip install mosaicml-streaming
        import pathlib
        import torch
        from streaming import StreamingDataset

        FOLDER = pathlib.Path(__file__).resolve().parent

        def dataset(split="train", remote=None, local=None, **options):
            \"""Ranks and workers are divided by StreamingDataset itself; batch_size is that of the loader.

            remote: where the export was uploaded to; hashes are checked as its shards come to the folder local.
            \"""
            place = {"local": str(FOLDER / split)}
            if remote is not None:
                place = {"remote": f"{remote}/{split}", "local": f"{local}/{split}", "validate_hash": "sha256"}
            return StreamingDataset(**place, **{"batch_size": 1, "shuffle": False, **options})

        if __name__ == "__main__":
            rows = dataset(sorted(p.parent.name for p in FOLDER.glob("*/shard.00000.mds"))[-1])
            loader = torch.utils.data.DataLoader(rows, batch_size=None, num_workers=2)
            print(sum(1 for _ in loader), "rows of", len(rows))

        """
    }
}
