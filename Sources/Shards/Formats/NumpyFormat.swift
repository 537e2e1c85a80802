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

    package func writer(_ place: ShardPlace, in folder: ShardFolder) throws(ShardError) -> any ShardWriter {
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
            written.append(try file.end())
        }
        return written
    }

    /// Writes the rows of a side into one file for each column.
    private struct Writer: ShardWriter {
        let outline: ExportOutline
        let place: ShardPlace
        var files: [ShardFile]
        let keys: ShardFile
        /// Of each column, and of the keys, how wide a text is.
        let widths: [Int]
        let keyWidth: Int
        /// For each column of arrays that differ in length, the file of their ends and the last of these.
        var ends: [Int: (file: ShardFile, last: Int)] = [:]
        /// For such a column, the frames that were announced.
        var announced: [Int: Int] = [:]
        var hasBegun = false
        var rowCount = 0

        init(_ outline: ExportOutline, _ place: ShardPlace, in folder: ShardFolder) throws(ShardError) {
            self.outline = outline
            self.place = place
            files = []
            widths = outline.columns.map { outline.textWidths[$0.name] ?? 1 }
            keyWidth = outline.textWidths["key"] ?? 1
            func open(_ name: String) throws(ShardError) -> ShardFile {
                try ShardFile("\(place.folder)/\(name).npy", in: folder)
            }
            for (index, column) in outline.columns.enumerated() {
                files.append(try open(column.name))
                guard case .array = column.kind, column.fixedByteCount == nil else { continue }
                ends[index] = (try open(column.name + "_end"), 0)
            }
            keys = try open("key")
        }

        /// How many frames there are stands in front of them.
        var wantsAnnouncement: Bool { !ends.isEmpty }

        mutating func announce(_ row: ShardRow) throws(ShardError) {
            for index in ends.keys {
                guard case .array(let shape, _) = row.values[index] else { continue }
                announced[index, default: 0] += shape.first ?? 0
            }
        }

        /// Writes the heads. Where frames were not announced, theirs is written again at the end.
        private mutating func begin() throws(ShardError) {
            guard !hasBegun else { return }
            hasBegun = true
            for (index, column) in outline.columns.enumerated() {
                if ends[index] != nil, announced[index] == nil { files[index].hashLate() }
                try files[index].append(head(column, rows: announced[index] ?? place.rowCount))
                try ends[index]?.file.append(NPYHeader.bytes(.int64, shape: [place.rowCount]))
            }
            try keys.append(NPYHeader.text(width: keyWidth, count: place.rowCount))
        }

        /// The head of a column's file, of arrays that differ in length as if there were `rows` frames.
        private func head(_ column: ShardColumn, rows: Int) -> [UInt8] {
            switch column.kind {
            case .array(let type, let shape):
                let rest = shape.dropFirst(column.fixedByteCount == nil ? 1 : 0).map { $0 ?? 0 }
                return NPYHeader.bytes(type, shape: [rows] + rest)
            case .integer: return NPYHeader.bytes(.int64, shape: [rows])
            case .text: return NPYHeader.text(width: outline.textWidths[column.name] ?? 1, count: rows)
            case .audio: return NPYHeader.bytes(.uint8, shape: [rows])
            }
        }

        mutating func append(_ row: ShardRow) throws(ShardError) {
            try begin()
            for (index, value) in row.values.enumerated() {
                switch value {
                case .integer(let number): try files[index].append(integer: Int64(number))
                case .text(let text): try Writer.append(text, width: widths[index], to: files[index])
                case .array(let shape, let bytes):
                    try files[index].append(row.bytes, bytes)
                    guard let known = ends[index] else { continue }
                    let last = known.last + (shape.first ?? 0)
                    try known.file.append(integer: Int64(last))
                    ends[index] = (known.file, last)
                case .audio(_, let bytes): try files[index].append(row.bytes, bytes)
                }
            }
            try Writer.append(row.key, width: keyWidth, to: keys)
            rowCount += 1
        }

        private static func append(_ text: String, width: Int, to file: ShardFile) throws(ShardError) {
            let count = text.utf8.count
            guard count <= width else {
                throw .usage(
                    "'\(text)' has \(count) bytes where \(width) were announced for \(file.name)")
            }
            try file.append(text)
            try file.pad(width - count)
        }

        mutating func finish() throws(ShardError) -> ShardReceipt {
            try begin()
            for (index, end) in ends {
                guard let known = announced[index] else {
                    try files[index].patch(head(outline.columns[index], rows: end.last), at: 0)
                    continue
                }
                precondition(known == end.last, "\(end.last) frames of \(known) in \(files[index].name)")
            }
            let all = files + ends.sorted(by: { $0.key < $1.key }).map(\.value.file) + [keys]
            return ShardReceipt(place, rowCount: rowCount, files: try ShardFile.finish(all))
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
