import ContentStore
import Corpus

/// NumPy files to map into memory, one set for each side.
///
///     train/features.npy         [rows, …]; where examples differ in length, their frames one after another
///     train/features_end.npy     only then: int64 [rows], where each ends, in frames
///     train/label.npy …          int64 [rows]: label, start, length, row
///     train/speaker.npy …        bytes [rows], UTF-8 padded with zeros: key, speaker, session, utterance, sex
///     train/pairs-00000-a.npy …  uint32: row numbers of the side; the labels are uint8
package struct NumpyFormat: ShardFormat {
    package static let name = "numpy"
    package static let contents: [ExportOutline.Content] = [.examples]

    private let outline: ExportOutline

    package init(_ outline: ExportOutline) { self.outline = outline }

    /// A side is one file, so that it can be mapped as one array.
    package var isSharded: Bool { false }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        let texts = outline.textWidths.values.reduce(0, +)
        return valueByteCount + rowCount * (outline.columns.count * 8 + texts)
    }

    package func writer(_ place: ShardPlace, in folder: String) throws(ShardError) -> any ShardWriter {
        try Writer(outline, place, in: folder)
    }

    package func writeReferences(
        _ name: String, _ side: Side, _ tensors: [Tensor], in folder: String
    ) throws(ShardError) -> [WrittenFile] {
        var written: [WrittenFile] = []
        for tensor in tensors {
            let file = try ShardFile("\(side.rawValue)/\(name)-\(tensor.name).npy", in: folder)
            try file.append(NPYHeader.bytes(tensor.type, shape: tensor.shape))
            try file.append(tensor.bytes())
            written.append(try file.finish())
        }
        return written
    }

    /// Writes the rows of a side into one file for each column.
    private struct Writer: ShardWriter {
        let outline: ExportOutline
        let place: ShardPlace
        var files: [ShardFile]
        let keys: ShardFile
        /// For each column of arrays that differ in length, the file of their ends and the last of these.
        var ends: [Int: (file: ShardFile, last: Int)] = [:]
        var rowCount = 0

        init(_ outline: ExportOutline, _ place: ShardPlace, in folder: String) throws(ShardError) {
            self.outline = outline
            self.place = place
            files = []
            func open(_ name: String, isPatched: Bool = false) throws(ShardError) -> ShardFile {
                try ShardFile("\(place.folder)/\(name).npy", in: folder, isPatched: isPatched)
            }
            for (index, column) in outline.columns.enumerated() {
                let isVarying = if case .array = column.kind { column.fixedByteCount == nil } else { false }
                let file = try open(column.name, isPatched: isVarying)
                try file.append(Writer.head(column, rows: place.rowCount, widths: outline.textWidths))
                files.append(file)
                guard isVarying else { continue }
                let own = try open(column.name + "_end")
                try own.append(NPYHeader.bytes(.int64, shape: [place.rowCount]))
                ends[index] = (own, 0)
            }
            keys = try open("key")
            try keys.append(NPYHeader.text(width: outline.textWidths["key"] ?? 1, count: place.rowCount))
        }

        /// The head of a column's file, of arrays that differ in length as if there were `rows` frames.
        static func head(_ column: ShardColumn, rows: Int, widths: [String: Int]) -> [UInt8] {
            switch column.kind {
            case .array(let type, let shape):
                let rest = shape.dropFirst(column.fixedByteCount == nil ? 1 : 0).map { $0 ?? 0 }
                return NPYHeader.bytes(type, shape: [rows] + rest)
            case .integer: return NPYHeader.bytes(.int64, shape: [rows])
            case .text: return NPYHeader.text(width: widths[column.name] ?? 1, count: rows)
            case .audio: return NPYHeader.bytes(.uint8, shape: [rows])
            }
        }

        mutating func append(_ row: ShardRow) throws(ShardError) {
            for (index, value) in row.values.enumerated() {
                switch value {
                case .integer(let number): try files[index].append(integer: number)
                case .text(let text):
                    try Writer.append(
                        text, width: outline.textWidths[outline.columns[index].name] ?? 1, to: files[index])
                case .array(let shape, let bytes):
                    try files[index].append(row.bytes, bytes)
                    guard let known = ends[index] else { continue }
                    let last = known.last + (shape.first ?? 0)
                    try known.file.append(integer: last)
                    ends[index] = (known.file, last)
                case .audio(_, let bytes): try files[index].append(row.bytes, bytes)
                }
            }
            try Writer.append(row.key, width: outline.textWidths["key"] ?? 1, to: keys)
            rowCount += 1
        }

        private static func append(_ text: String, width: Int, to file: ShardFile) throws(ShardError) {
            let bytes = Array(text.utf8)
            guard bytes.count <= width else {
                throw .usage(
                    "'\(text)' has \(bytes.count) bytes where \(width) were announced for \(file.name)")
            }
            try file.append(bytes)
            try file.pad(width - bytes.count)
        }

        mutating func finish() throws(ShardError) -> ShardReceipt {
            for (index, end) in ends {
                try files[index].patch(
                    Writer.head(outline.columns[index], rows: end.last, widths: outline.textWidths), at: 0)
            }
            var written: [WrittenFile] = []
            for file in files + ends.sorted(by: { $0.key < $1.key }).map(\.value.file) + [keys] {
                written.append(try file.finish())
            }
            return ShardReceipt(place, rowCount: rowCount, files: written)
        }
    }

    package var loader: String {
        """
        # pip install numpy torch
        import pathlib, numpy, torch

        FOLDER = pathlib.Path(__file__).resolve().parent

        class Rows(torch.utils.data.Dataset):
            \"""Every row of a side, mapped; pages are read when they are touched.\"""

            def __init__(self, split="train"):
                self.folder = FOLDER / split
                self.label = numpy.load(self.folder / "label.npy")
                ends = self.folder / "features_end.npy"
                self.ends = numpy.load(ends) if ends.exists() else None
                self.features = None

            def __len__(self):
                return len(self.label)

            def __getitem__(self, index):
                if self.features is None:  # mapped in the worker that reads
                    self.features = numpy.load(self.folder / "features.npy", mmap_mode="r")
                if self.ends is None:
                    row = self.features[index]
                else:
                    row = self.features[self.ends[index - 1] if index else 0:self.ends[index]]
                return torch.from_numpy(numpy.array(row)), int(self.label[index])

        if __name__ == "__main__":
            rows = Rows(sorted(p.parent.name for p in FOLDER.glob("*/label.npy"))[-1])
            loader = torch.utils.data.DataLoader(rows, batch_size=None, num_workers=2)
            print(sum(1 for _ in loader), "rows of", len(rows))

        """
    }
}
