import ContentStore
import Corpus

/// Writes one archive, and for the lists one line of each for every row.
struct KaldiArkWriter: ShardWriter {
    static let lists = ["feats.scp", "wav.scp", "utt2spk", "utt2dur", "utt2num_frames"]

    private let outline: ExportOutline
    private let place: ShardPlace
    private let isCompressed: Bool
    private let list: String
    private let file: ShardFile
    private var notes: [String: [String]] = [:]
    private var rowCount = 0

    init(
        _ outline: ExportOutline, _ place: ShardPlace, isCompressed: Bool, in folder: String
    ) throws(ShardError) {
        self.outline = outline
        self.place = place
        self.isCompressed = isCompressed
        let isAudio = outline.content == .audio
        list = isAudio ? "wav.scp" : "feats.scp"
        let stem = isAudio ? "wav." : "feats."
        file = try ShardFile("\(place.folder)/" + place.numbered(stem) + ".ark", in: folder)
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        guard let value = row.values.first, let column = outline.columns.first else { return }
        try file.append(row.key + " ")
        note(list, "\(row.key) \(file.name):\(file.byteCount)")
        note("utt2spk", "\(row.key) \(PlainName.speaker(outline.text("speaker", of: row)))")
        switch value {
        case .array(let shape, let bytes):
            guard case .array(let type, _) = column.kind else { return }
            let isHalf = type == .float16
            let values = isHalf ? ByteText.widened(row.bytes, bytes) : row.bytes
            try append(shape, values, isHalf ? values.indices : bytes)
            if shape.count == 2 { note("utt2num_frames", "\(row.key) \(shape[0])") }
            let length = outline.integer("length", of: row)
            note("utt2dur", "\(row.key) \(ByteText.seconds(length, rate: outline.sampleRate))")
        case .audio(let count, let bytes):
            try file.append(row.bytes, bytes)
            note("utt2dur", "\(row.key) \(ByteText.seconds(count, rate: outline.sampleRate))")
        case .text, .integer: return
        }
        rowCount += 1
    }

    private mutating func note(_ list: String, _ line: String) { notes[list, default: []].append(line) }

    private func append(_ shape: [Int], _ values: [UInt8], _ range: Range<Int>) throws(ShardError) {
        guard shape.count == 2 else {
            try file.append(Array("\0BFV ".utf8) + [4] + ByteText.little(Int32(range.count / 4)))
            return try file.append(values, range)
        }
        let (rows, columns) = (Int32(shape[0]), Int32(shape[1]))
        guard isCompressed else {
            try file.append(
                Array("\0BFM ".utf8) + [4] + ByteText.little(rows) + [4] + ByteText.little(columns))
            return try file.append(values, range)
        }
        try append(compressed: floats(values, range), rows, columns)
    }

    private func floats(_ values: [UInt8], _ range: Range<Int>) -> [Float] {
        stride(from: range.lowerBound, to: range.upperBound, by: 4).map { index in
            Float(bitPattern: (0..<4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32(values[index + $1]) })
        }
    }

    /// "CM2 ": least value, range, rows, columns, then (value − least) · 65535 / range, rounded.
    private func append(compressed values: [Float], _ rows: Int32, _ columns: Int32) throws(ShardError) {
        let least = values.min() ?? 0
        // Kaldi divides by the range: a constant matrix gets one that is not 0.
        let range = max((values.max() ?? 0) - least, abs(least) * 1e-6, Float.leastNormalMagnitude)
        var bytes =
            Array("\0BCM2 ".utf8) + ByteText.little(least.bitPattern) + ByteText.little(range.bitPattern)
        bytes += ByteText.little(rows) + ByteText.little(columns)
        for value in values {
            bytes += ByteText.little(UInt16(min(max((value - least) * (65535 / range) + 0.5, 0), 65535)))
        }
        try file.append(bytes)
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        ShardReceipt(place, rowCount: rowCount, files: [try file.finish()], notes: notes)
    }
}

/// Trials as `KEY KEY target`, a file for each shard; the first shard's is called `trials`.
struct KaldiTrialWriter: ShardWriter {
    private let outline: ExportOutline
    private let place: ShardPlace
    private let file: ShardFile
    private var rowCount = 0

    init(_ outline: ExportOutline, _ place: ShardPlace, in folder: String) throws(ShardError) {
        self.outline = outline
        self.place = place
        let name = place.count == 1 ? "trials" : place.numbered("trials.")
        file = try ShardFile("\(place.folder)/\(name)", in: folder)
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        let isTarget = outline.integer("label", of: row) == 1
        try file.append(
            "\(outline.text("a_key", of: row)) \(outline.text("b_key", of: row)) "
                + (isTarget ? "target\n" : "nontarget\n"))
        rowCount += 1
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        ShardReceipt(place, rowCount: rowCount, files: [try file.finish()])
    }

    static let loader = """
        import pathlib

        FOLDER = pathlib.Path(__file__).resolve().parent

        def trials(split="test"):
            for path in sorted((FOLDER / split).glob("trials*")):
                for line in path.open():
                    enrolled, tested, label = line.split()
                    yield enrolled, tested, label == "target"

        if __name__ == "__main__":
            split = sorted(p.parent.name for p in FOLDER.glob("*/trials*"))[-1]
            print(sum(1 for _ in trials(split)), "trials")

        """
}
