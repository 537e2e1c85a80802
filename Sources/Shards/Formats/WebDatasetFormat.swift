import ContentStore
import Corpus

/// Tar shards for WebDataset, for Hugging Face's `load_dataset("webdataset")` and, where they hold audio, for
/// wespeaker.
///
///     train/train-000000.tar    KEY.features.npy KEY.json KEY.spk …    one sample's members are adjacent
///     train/train-000000.tar    KEY.flac KEY.json KEY.spk …            with audio
///     train/shards.txt          the archives of the side, a line each
///
/// Keys have no dots: WebDataset parts a name at its first dot, wespeaker at its last.
package struct WebDatasetFormat: ShardFormat {
    package static let name = "webdataset"
    package static let contents: [ExportOutline.Content] = [.examples, .audio, .pairs, .triplets]

    private let outline: ExportOutline

    package init(_ outline: ExportOutline) { self.outline = outline }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        let arrays = outline.columns.count { if case .array = $0.kind { true } else { false } }
        return valueByteCount + rowCount * (arrays * (512 + 128 + 256) + 3 * 1024)
    }

    package func writer(_ place: ShardPlace, in folder: ShardFolder) throws(ShardError) -> any ShardWriter {
        let name = "\(place.folder)/" + place.numbered("\(place.folder)-") + ".tar"
        return Writer(outline: outline, place: place, name: name, tar: try TarFile(name, in: folder))
    }

    package func finish(_ receipts: [ShardReceipt], in folder: String) throws(ShardError) -> [WrittenFile] {
        var written: [WrittenFile] = []
        for split in outline.splits {
            let names = receipts.filter { $0.side == split.side }.flatMap(\.files).map {
                $0.name.dropFirst(split.name.count + 1) + "\n"
            }
            written.append(
                try ShardFile.write(names.joined(), to: "\(split.name)/shards.txt", in: folder))
        }
        return written
    }

    private struct Writer: ShardWriter {
        let outline: ExportOutline
        let place: ShardPlace
        let name: String
        var tar: TarFile
        /// Of each column, the last array's shape and its head: most have the same.
        var heads: [Int: (shape: [Int], bytes: [UInt8])] = [:]
        var rowCount = 0

        mutating func append(_ row: ShardRow) throws(ShardError) {
            for (index, value) in row.values.enumerated() {
                let column = outline.columns[index]
                switch value {
                case .array(let shape, let bytes):
                    guard case .array(let type, _) = column.kind else { continue }
                    if heads[index]?.shape != shape {
                        heads[index] = (shape, NPYHeader.bytes(type, shape: shape))
                    }
                    let head = heads[index]?.bytes ?? []
                    try tar.append(
                        "\(row.key).\(column.name).npy", parts: [(head, head.indices), (row.bytes, bytes)])
                case .audio(_, let bytes):
                    try tar.append("\(row.key).flac", row.bytes, bytes)
                case .text, .integer: continue
                }
            }
            try tar.append("\(row.key).json", JSONText.labels(row, outline.columns))
            if outline.column("label") != nil {
                try tar.append("\(row.key).cls", String(outline.integer("label", of: row)))
            }
            if outline.column("speaker") != nil {
                try tar.append("\(row.key).spk", outline.text("speaker", of: row))
            }
            rowCount += 1
        }

        mutating func finish() throws(ShardError) -> ShardReceipt {
            ShardReceipt(place, rowCount: rowCount, files: [try tar.finish()])
        }
    }

    package var loader: String {
        """
        # pip install webdataset numpy torch
        import io, itertools, os, pathlib, numpy, torch, webdataset

        FOLDER = pathlib.Path(__file__).resolve().parent

        \(ReaderPlace.program)

        class Own(Reader):
            \"""The shards that a reader takes: they are divided over ranks and workers, each read by one.\"""

            def __call__(self, shards):
                number, count = self.place()
                return itertools.islice(shards, number, None, count)

        def arrays(sample):
            return {k: numpy.load(io.BytesIO(v)) if k.endswith("npy") else v for k, v in sample.items()}

        def dataset(split="train"):
            shards = sorted(str(p) for p in (FOLDER / split).glob("*.tar"))
            return webdataset.DataPipeline(
                webdataset.SimpleShardList(shards), Own(), webdataset.tarfile_to_samples(), webdataset.map(arrays))

        if __name__ == "__main__":
            rows = dataset(sorted(p.parent.name for p in FOLDER.glob("*/shards.txt"))[-1])
            loader = torch.utils.data.DataLoader(rows, batch_size=None, num_workers=2)
            print(sum(1 for _ in loader), "rows")

        """
    }
}
