import ContentStore
import Corpus

/// Writes one archive, and for the lists one line of each for every row.
struct KaldiArkWriter: ShardWriter {
    /// The lists that have a line for every row, in a receipt's notes; one without lines is not written.
    static let lists = [
        "feats.scp", "wav.scp", "utt2spk", "utt2dur", "utt2num_frames", "utt2session", "utt2source",
    ]

    private let outline: ExportOutline
    private let names: KaldiNames
    private let place: ShardPlace
    private let isCompressed: Bool
    private let list: String
    private let file: ShardFile
    private var notes: [String: [String]] = [:]
    private var rowCount = 0

    init(
        _ outline: ExportOutline, _ names: KaldiNames, _ place: ShardPlace, isCompressed: Bool,
        in folder: String
    ) throws(ShardError) {
        self.outline = outline
        self.names = names
        self.place = place
        self.isCompressed = isCompressed
        let isAudio = outline.content == .audio
        list = isAudio ? "wav.scp" : "feats.scp"
        let stem = isAudio ? "wav." : "feats."
        file = try ShardFile("\(place.folder)/" + place.numbered(stem) + ".ark", in: folder)
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        guard let value = row.values.first, let column = outline.columns.first else { return }
        let speaker = outline.text("speaker", of: row)
        let key = names.key(row.key, of: speaker)
        try file.append(key + " ")
        note(list, key, "\(file.name):\(file.byteCount)")
        note("utt2spk", key, names.speaker(speaker))
        var length = outline.integer("length", of: row)
        switch value {
        case .array(let shape, let bytes):
            guard case .array(let type, _) = column.kind else { return }
            let isHalf = type == .float16
            let values = isHalf ? ByteText.widened(row.bytes, bytes) : row.bytes
            try append(shape, values, isHalf ? values.indices : bytes, key)
            if shape.count == 2 { note("utt2num_frames", key, String(shape[0])) }
        case .audio(let count, let bytes):
            try file.append(row.bytes, bytes)
            length = count
        case .text, .integer: return
        }
        note("utt2dur", key, ByteText.seconds(length, rate: outline.sampleRate))
        describe(row, key, length)
        rowCount += 1
    }

    /// What Kaldi has no list for, under names that its scripts pass over.
    private mutating func describe(_ row: ShardRow, _ key: String, _ length: Int) {
        note("utt2session", key, KaldiNames.field(outline.text("session", of: row)))
        let numbers = "\(outline.integer("start", of: row)) \(length) \(outline.integer("row", of: row))"
        note("utt2source", key, "\(numbers) \(KaldiNames.field(outline.text("utterance", of: row)))")
    }

    private mutating func note(_ list: String, _ key: String, _ value: String) {
        notes[list, default: []].append("\(key) \(value)")
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
        ShardReceipt(place, rowCount: rowCount, files: [try file.finish()], notes: notes)
    }
}
