/// Writes one list and, for audio, the files that it names.
struct ListWriter: ShardWriter {
    /// Files of one folder.
    private static let folderSize = 1000

    private let outline: ExportOutline
    private let place: ShardPlace
    private let folder: ShardFolder
    private let list: ShardFile
    private let line: (ShardRow, String) -> String
    private let note: ((ShardRow, String) -> String)?
    private var notes: [String] = []
    private var files: [WrittenFile] = []
    private var rowCount = 0

    init(
        _ outline: ExportOutline, _ place: ShardPlace, ending: String, head: String, list name: String? = nil,
        in folder: ShardFolder, note: ((ShardRow, String) -> String)? = nil,
        line: @escaping (ShardRow, String) -> String
    ) throws(ShardError) {
        self.outline = outline
        self.place = place
        self.folder = folder
        self.line = line
        self.note = note
        let stem = name ?? place.numbered("\(place.folder)-")
        list = try ShardFile("\(place.folder)/\(stem).\(ending)", in: folder)
        try list.append(head)
    }

    /// The note that holds the lines of a plain list of the whole side.
    static let plainList = "list"

    static func byteCount(_ outline: ExportOutline, _ rowCount: Int, _ valueByteCount: Int) -> Int {
        rowCount * 256 + (outline.content == .audio ? valueByteCount : 0)
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        var path = ""
        if case .audio(_, let bytes) = row.values.first {
            let number = (place.firstRow + rowCount) / ListWriter.folderSize
            path = "audio/" + String(100_000 + number).dropFirst() + "/\(row.key).flac"
            let file = try ShardFile("\(place.folder)/\(path)", in: folder.path)
            try file.append(row.bytes, bytes)
            files.append(try file.end())
        }
        try list.append(line(row, path))
        if let note { notes.append(note(row, path)) }
        rowCount += 1
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        let written = try list.finish()
        if !files.isEmpty { try ShardFile.synchronize(folder.path) }
        return ShardReceipt(
            place, rowCount: rowCount, files: [written] + files,
            notes: note == nil ? [:] : [ListWriter.plainList: notes])
    }
}

/// The program that reads lists.
enum ListLoader {
    static func program(_ ending: String, reads: String, audio: String, hasAudio: Bool) -> String {
        let sound = hasAudio ? "soundfile" : ""
        let value =
            hasAudio
            ? "soundfile.read(FOLDER / self.split / row[\"\(audio)\"], dtype=\"float32\")[0], row" : "row"
        return """
            # pip install torch \(sound)
            import csv, json, pathlib, torch
            \(hasAudio ? "import soundfile" : "")

            FOLDER = pathlib.Path(__file__).resolve().parent

            class Rows(torch.utils.data.Dataset):
                def __init__(self, split="train"):
                    self.split = split
                    self.rows = [row for path in sorted((FOLDER / split).glob("*.\(ending)"))
                                 for row in \(reads)]

                def __len__(self):
                    return len(self.rows)

                def __getitem__(self, index):
                    row = self.rows[index]
                    return \(value)

            if __name__ == "__main__":
                rows = Rows(sorted(p.parent.name for p in FOLDER.glob("*/*.\(ending)"))[-1])
                loader = torch.utils.data.DataLoader(rows, batch_size=None, num_workers=2)
                print(sum(1 for _ in loader), "rows of", len(rows))

            """
    }
}
