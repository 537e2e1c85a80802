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

    init(
        _ outline: ExportOutline, _ names: KaldiNames, _ place: ShardPlace, isCompressed: Bool,
        in folder: String
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
        try file.append(key + " ")
        let place = "\(file.name):\(file.byteCount)"
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
        let duration = ByteText.seconds(length, rate: outline.sampleRate)
        let fields = [
            key, place, names.speaker(speaker), duration, frames, session(row), source(row, length),
        ]
        lines.append(fields.joined(separator: "\t"))
    }

    private func session(_ row: ShardRow) -> String { KaldiNames.field(outline.text("session", of: row)) }

    /// `START LENGTH ROW UTTERANCE`.
    private func source(_ row: ShardRow, _ length: Int) -> String {
        "\(outline.integer("start", of: row)) \(length) \(outline.integer("row", of: row)) "
            + KaldiNames.field(outline.text("utterance", of: row))
    }

    private func append(
        _ shape: [Int], _ values: [UInt8], _ range: Range<Int>, _ key: String
    ) throws(ShardError) {
        try file.append("\0B")
        guard shape.count == 2 else {
            try file.append(Array("FV ".utf8) + [4] + ByteText.little(Int32(range.count / 4)))
            return try file.append(values, range)
        }
        guard isCompressed else {
            let head = Array("FM ".utf8) + [4] + ByteText.little(Int32(shape[0]))
            try file.append(head + [4] + ByteText.little(Int32(shape[1])))
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
            place, rowCount: lines.count, files: [try file.finish()], notes: [KaldiLists.note: lines])
    }
}
