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

    package init(_ outline: ExportOutline) throws(ShardError) {
        try outline.requireFloats(TFRecordFormat.name)
        self.outline = outline
    }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        valueByteCount + rowCount * (outline.columns.count * 48 + 64)
    }

    package func writer(_ place: ShardPlace, in folder: ShardFolder) throws(ShardError) -> any ShardWriter {
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
                fields.append(("\(column.name)_shape", "{\"type\": \"int64\", \"shape\": [\(shape.count)]}"))
            }
        }
        fields.append(("key", #"{"type": "string", "shape": []}"#))
        return [try ShardFile.write(JSONText.object(fields) + "\n", to: "features.json", in: folder)]
    }

    package var loader: String {
        var fields = [#""key": "byte""#]
        var (texts, numbers, arrays) = ([#""key""#], [String](), [String]())
        for column in outline.columns {
            let name = "\"\(column.name)\""
            switch column.kind {
            case .integer: (fields, numbers) = (fields + [name + #": "int""#], numbers + [name])
            case .text: (fields, texts) = (fields + [name + #": "byte""#], texts + [name])
            case .audio: fields.append(name + #": "byte""#)
            case .array:
                fields += [name + #": "float""#, "\"\(column.name)_shape\": \"int\""]
                arrays.append(name)
            }
        }
        func list(_ names: [String]) -> String { "[\(names.joined(separator: ", "))]" }
        return """
            # pip install tfrecord torch
            import os, pathlib, torch
            from tfrecord.reader import tfrecord_loader

            FOLDER = pathlib.Path(__file__).resolve().parent
            DESCRIPTION = {\(fields.joined(separator: ", "))}
            TEXTS, NUMBERS, ARRAYS = \(list(texts)), \(list(numbers)), \(list(arrays))

            \(ReaderPlace.program)

            class Rows(Reader, torch.utils.data.IterableDataset):
                \"""Each file is divided over ranks and workers, so that any number of readers has work.\"""

                def __init__(self, split="train"):
                    self.indexes = sorted((FOLDER / split).glob("*.index"))

                def records(self):
                    number, count = self.place()
                    for turn, index in enumerate(self.indexes):
                        file, share = str(index)[:-len(".index")], (number + turn) % count
                        # The package cannot read an index of one line.
                        if len(index.read_text().splitlines()) > 1:
                            yield from tfrecord_loader(file, str(index), DESCRIPTION, shard=(share, count))
                        elif share == 0:
                            yield from tfrecord_loader(file, None, DESCRIPTION)

                def __iter__(self):
                    for record in self.records():
                        for name in TEXTS:
                            record[name] = bytes(record[name]).decode()
                        for name in NUMBERS:
                            record[name] = int(record[name][0])
                        for name in ARRAYS:
                            record[name] = record[name].reshape(record.pop(name + "_shape"))
                        yield record

            if __name__ == "__main__":
                rows = Rows(sorted(p.parent.name for p in FOLDER.glob("*/*.index"))[-1])
                loader = torch.utils.data.DataLoader(rows, batch_size=None, num_workers=2)
                print(sum(1 for _ in loader), "rows")

            """
    }
}
