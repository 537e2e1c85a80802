import ContentStore
import Corpus

/// safetensors shards: the native form, mapped without a copy by every framework.
///
///     train/train-000000.safetensors   int64 columns [rows] │ arrays [rows, …] │ texts as UTF-8 bytes
///     train/pairs-00000.safetensors    a, b, label: row numbers of the side, in the order of its shards
///
/// Of arrays that differ in length, `NAME` holds all frames one after another and `NAME.end` [rows] says where each
/// ends; of texts, `NAME` holds the bytes and `NAME.end` where each ends. `key` is a text.
package struct SafetensorsFormat: ShardFormat {
    package static let name = "safetensors"
    package static let contents: [ExportOutline.Content] = [.examples, .audio, .pairs, .triplets, .trials]

    private let outline: ExportOutline

    package init(_ outline: ExportOutline) { self.outline = outline }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        valueByteCount + rowCount * outline.columns.count * 24 + 4096
    }

    package func writer(_ place: ShardPlace, in folder: ShardFolder) throws(ShardError) -> any ShardWriter {
        let name = "\(place.folder)/" + place.numbered("\(place.folder)-") + ".safetensors"
        return try SafetensorsWriter(outline, place, name, in: folder)
    }

    package func writeReferences(
        _ name: String, _ side: Side, _ tensors: [Tensor], in folder: String
    ) throws(ShardError) -> [WrittenFile] {
        let file = try ShardFile("\(side.rawValue)/\(name).safetensors", in: folder)
        let content = TensorFile(
            kind: "references",
            metadata: ["side": side.rawValue, "rows": "of the side, in the order of its shards"],
            tensors: tensors)
        try file.append(content.bytes())
        return [try file.end()]
    }

    package var loader: String {
        let arrays = outline.columns.filter { if case .array = $0.kind { true } else { false } }
        let names = arrays.map { "\"\($0.name)\"" }.joined(separator: ", ")
        return """
            # pip install safetensors numpy torch
            import pathlib, torch
            from safetensors import safe_open

            FOLDER = pathlib.Path(__file__).resolve().parent
            ARRAYS = [\(names)]

            class Rows(torch.utils.data.Dataset):
                \"""Every row of a side; shards stay mapped and are read row by row.\"""

                def __init__(self, split="train"):
                    self.paths = sorted((FOLDER / split).glob(f"{split}-*.safetensors"))
                    self.files, self.first, count = {}, [], 0
                    for path in self.paths:
                        with safe_open(path, "pt") as file:
                            self.first.append(count)
                            count += file.get_slice("key.end").get_shape()[0]
                    self.count = count
                    self.first = torch.tensor(self.first)

                def __len__(self):
                    return self.count

                def __getitem__(self, index):
                    number = int(torch.searchsorted(self.first, index, right=True)) - 1
                    if number not in self.files:  # opened in the worker that needs it
                        self.files[number] = safe_open(self.paths[number], "pt")
                    file, row = self.files[number], index - int(self.first[number])
                    names = file.keys()
                    values = {"label": int(file.get_slice("label")[row:row + 1][0])} if "label" in names else {}
                    for name in ARRAYS:
                        if name + ".end" in names:
                            ends = file.get_slice(name + ".end")
                            start = int(ends[row - 1:row][0]) if row else 0
                            values[name] = file.get_slice(name)[start:int(ends[row:row + 1][0])]
                        else:
                            values[name] = file.get_slice(name)[row:row + 1][0]
                    return values

            if __name__ == "__main__":
                rows = Rows(sorted(p.parent.name for p in FOLDER.glob("*/*-000000.safetensors"))[-1])
                loader = torch.utils.data.DataLoader(rows, batch_size=None, num_workers=2)
                print(sum(1 for _ in loader), "rows of", len(rows))

            """
    }
}
