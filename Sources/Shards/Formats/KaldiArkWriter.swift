import ContentStore
import Corpus

/// Writes one archive, and notes for the lists a line for each row.
struct KaldiArkWriter: ShardWriter {
    private let outline: ExportOutline
    private let names: KaldiNames
    private let place: ShardPlace
    private let isCompressed: Bool
    private let file: ShardFile
    private var lines: [String] = []
    /// The last row's samples and what they last: most rows last alike.
    private var duration = (length: -1, text: "")

    init(
        _ outline: ExportOutline, _ names: KaldiNames, _ place: ShardPlace, isCompressed: Bool,
        in folder: ShardFolder
    ) throws(ShardError) {
        self.outline = outline
        self.names = names
        self.place = place
        self.isCompressed = isCompressed
        let stem = outline.content == .audio ? "wav." : "feats."
        file = try ShardFile("\(place.folder)/" + place.numbered(stem) + ".ark", in: folder)
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        guard let value = row.values.first, let column = outline.columns.first else { return }
        let speaker = outline.text("speaker", of: row)
        let key = names.key(row.key, of: speaker)
        try file.append(key)
        try file.append(" ")
        let offset = file.byteCount
        var (length, frames) = (outline.integer("length", of: row), "")
        switch value {
        case .array(let shape, let bytes):
            guard case .array(let type, _) = column.kind else { return }
            let isHalf = type == .float16
            let values = isHalf ? ByteText.widened(row.bytes, bytes) : row.bytes
            try append(shape, values, isHalf ? values.indices : bytes, key)
            if shape.count == 2 { frames = String(shape[0]) }
        case .audio(let count, let bytes):
            try file.append(row.bytes, bytes)
            length = count
        case .text, .integer: return
        }
        if duration.length != length {
            duration = (length, ByteText.seconds(length, rate: outline.sampleRate))
        }
        lines.append(line(row, key, "\(file.name):\(offset)", names.speaker(speaker), frames))
    }

    /// The fields of `KaldiLists`, between tabs.
    private func line(
        _ row: ShardRow, _ key: String, _ place: String, _ speaker: String, _ frames: String
    ) -> String {
        var line = ""
        line.reserveCapacity(256)
        func add(_ text: String, _ end: String) {
            line += text
            line += end
        }
        add(key, "\t")
        add(place, "\t")
        add(speaker, "\t")
        add(duration.text, "\t")
        add(frames, "\t")
        add(KaldiNames.field(outline.text("session", of: row)), "\t")
        // The source: START LENGTH ROW UTTERANCE.
        add(String(outline.integer("start", of: row)), " ")
        add(String(duration.length), " ")
        add(String(outline.integer("row", of: row)), " ")
        add(KaldiNames.field(outline.text("utterance", of: row)), "")
        return line
    }

    private static let mark: [UInt8] = [0] + Array("B".utf8)
    private static let matrix = Array("FM ".utf8) + [4]
    private static let vector = Array("FV ".utf8) + [4]

    private func append(
        _ shape: [Int], _ values: [UInt8], _ range: Range<Int>, _ key: String
    ) throws(ShardError) {
        try file.append(KaldiArkWriter.mark)
        guard shape.count == 2 else {
            try file.append(KaldiArkWriter.vector)
            try file.append(integer: Int32(range.count / 4))
            return try file.append(values, range)
        }
        guard isCompressed else {
            try file.append(KaldiArkWriter.matrix)
            try file.append(integer: Int32(shape[0]))
            try file.append(integer: UInt8(4))
            try file.append(integer: Int32(shape[1]))
            return try file.append(values, range)
        }
        guard let packed = KaldiCompressedMatrix.bytes(values, range, rows: shape[0], columns: shape[1])
        else {
            throw .usage(
                "row \(key) has a number that is not finite, and Kaldi's compressed matrices hold none; choose "
                    + "--format kaldi, which does, or build the dataset with a floor under its logarithms")
        }
        try file.append(packed)
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        ShardReceipt(
            place, rowCount: lines.count, files: [try file.finish()],
            notes: KaldiLists.notes(ByteText.sorted(lines)))
    }
}
