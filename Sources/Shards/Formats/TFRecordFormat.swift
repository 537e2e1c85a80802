import ContentStore
import Corpus

/// TFRecord files of `tf.train.Example`.
///
///     train/NAME-train.tfrecord-00000-of-00010          u64 length │ u32 masked CRC-32C of it │ data │ u32 of the data
///     train/NAME-train.tfrecord-00000-of-00010.index    "OFFSET LENGTH" for each record, for the tfrecord package
///     features.json                                     each feature's type and shape
///
/// Arrays are float lists, row by row, with their sizes in `NAME_shape`; half precision becomes single. Texts and audio
/// are byte lists, numbers are int64 lists; `key` is a text.
package struct TFRecordFormat: ShardFormat {
    package static let name = "tfrecord"
    package static let contents: [ExportOutline.Content] = [.examples, .audio, .pairs, .triplets]

    private let outline: ExportOutline

    package init(_ outline: ExportOutline) { self.outline = outline }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        valueByteCount + rowCount * (outline.columns.count * 48 + 64)
    }

    package func writer(_ place: ShardPlace, in folder: String) throws(ShardError) -> any ShardWriter {
        try TFRecordWriter(outline, place, in: folder)
    }

    package func finish(_ receipts: [ShardReceipt], in folder: String) throws(ShardError) -> [WrittenFile] {
        var fields: [(name: String, json: String)] = []
        for column in outline.columns {
            switch column.kind {
            case .integer: fields.append((column.name, #"{"type": "int64", "shape": []}"#))
            case .text: fields.append((column.name, #"{"type": "string", "shape": []}"#))
            case .audio(let rate):
                fields.append((column.name, "{\"type\": \"flac\", \"sample_rate\": \(rate), \"shape\": []}"))
            case .array(_, let shape):
                let sizes = shape.map { $0.map(String.init) ?? "null" }.joined(separator: ", ")
                fields.append((column.name, "{\"type\": \"float32\", \"shape\": [\(sizes)]}"))
            }
        }
        return [try ShardFile.write(JSONText.object(fields) + "\n", to: "features.json", in: folder)]
    }

    package var loader: String {
        var names: [String] = ["\"key\": \"byte\""]
        for column in outline.columns {
            switch column.kind {
            case .integer: names.append("\"\(column.name)\": \"int\"")
            case .text, .audio: names.append("\"\(column.name)\": \"byte\"")
            case .array: names += ["\"\(column.name)\": \"float\"", "\"\(column.name)_shape\": \"int\""]
            }
        }
        return """
            # pip install tfrecord torch
            import pathlib, torch
            from tfrecord.reader import tfrecord_loader

            FOLDER = pathlib.Path(__file__).resolve().parent
            DESCRIPTION = {\(names.joined(separator: ", "))}

            def place():
                \"""This reader's number and how many there are, over all ranks and workers.\"""
                rank, ranks = 0, 1
                if torch.distributed.is_available() and torch.distributed.is_initialized():
                    rank, ranks = torch.distributed.get_rank(), torch.distributed.get_world_size()
                info = torch.utils.data.get_worker_info()
                worker, workers = (info.id, info.num_workers) if info else (0, 1)
                return rank * workers + worker, ranks * workers

            class Rows(torch.utils.data.IterableDataset):
                def __init__(self, split="train"):
                    folder = FOLDER / split
                    self.files = sorted(str(p) for p in folder.glob("*.tfrecord-*") if p.suffix != ".index")

                def __iter__(self):
                    number, count = place()
                    for file in self.files:  # each file is divided, so that any number of readers has work
                        if len(open(file + ".index").readlines()) > 1:
                            records = tfrecord_loader(file, file + ".index", DESCRIPTION, shard=(number, count))
                        else:  # the package cannot divide a file of one record
                            records = tfrecord_loader(file, None, DESCRIPTION) if number == 0 else []
                        for record in records:
                            for name in list(record):
                                if name + "_shape" in record:
                                    record[name] = record[name].reshape(record.pop(name + "_shape"))
                            yield record

            if __name__ == "__main__":
                rows = Rows(sorted(p.parent.name for p in FOLDER.glob("*/*.index"))[-1])
                loader = torch.utils.data.DataLoader(rows, batch_size=None, num_workers=2)
                print(sum(1 for _ in loader), "rows")

            """
    }
}
