import Audio
import ContentStore
import Corpus
import Features
import Manifest
import Shards

/// The utterances of a dataset as rows of an export: each one's whole waveform at the dataset's rate, as FLAC, read again
/// from its source. An utterance stands on every side that has an example of it.
///
///     audio, label, speaker, session, utterance, sex, start (0), length, row (of its first example)
struct AudioRows: RowSource {
    private struct Utterance: Sendable {
        let part: Int
        /// Its place among the utterances of its pack.
        let place: Int
        let firstRow: Int
        let sampleCount: Int
    }

    private let examples: ExampleRows
    private let recipe: Recipe
    private let utterances: [Side: [Utterance]]
    private let sources: [[UtteranceRow]]

    private let coding: AudioCoding

    init(_ built: BuiltDataset, examples: ExampleRows, coding: AudioCoding) throws {
        self.coding = coding
        self.examples = examples
        recipe = built.recipe
        let packs = built.parts.filter { $0.copyOf == nil }
        sources = try packs.map { try built.sources(of: $0) }
        let rates = RateConverter(built.recipe.resample)
        var utterances: [Side: [Utterance]] = [:]
        let table = examples.table
        for (number, part) in table.parts.enumerated() where !part.isCopy {
            var seen: [Side: Int] = [:]
            let end = number + 1 < table.parts.count ? table.parts[number + 1].firstRow : table.count
            for row in part.firstRow..<end {
                let place = Int(table.utterances[row]) - part.firstUtterance
                guard let side = Side(code: built.split.sides[row]), seen[side] != place else { continue }
                seen[side] = place
                guard place < sources[number].count else {
                    throw AudioRows.unknown(table.keys[Int(table.utterances[row])])
                }
                let source = sources[number][place]
                let count = rates.outputCount(source.sampleCount, rate: source.sampleRate)
                utterances[side, default: []].append(
                    Utterance(part: number, place: place, firstRow: row, sampleCount: count ?? 0))
            }
        }
        self.utterances = utterances
    }

    private static func unknown(_ name: String) -> StageError {
        .failed("the manifest does not know the file of utterance \(name); run 'twinset build' again")
    }

    var columns: [ShardColumn] {
        [ShardColumn("audio", .audio(sampleRate: recipe.resample.rate))] + ExampleRows.labels
    }

    func count(_ side: Side) -> Int { utterances[side]?.count ?? 0 }

    /// FLAC of speech takes about half of 16-bit samples.
    func meanByteCount(_ sides: [Side]) -> Int {
        let all = sides.flatMap { utterances[$0] ?? [] }
        return all.isEmpty ? 0 : all.reduce(0) { $0 + $1.sampleCount } / all.count
    }

    func reader() throws -> any RowReader {
        try Reader(rows: self, sound: SoundReader(recipe, coding: coding))
    }

    private struct Reader: RowReader {
        let rows: AudioRows
        let sound: SoundReader

        mutating func fill(_ row: inout ShardRow, _ side: Side, _ number: Int) throws {
            guard let utterance = rows.utterances[side]?[number] else { return }
            let table = rows.examples.table
            let source = rows.sources[utterance.part][utterance.place]
            let count = try sound.append(source, to: &row)
            row.key = table.keys[Int(table.utterances[utterance.firstRow])]
            rows.examples.appendLabels(utterance.firstRow, to: &row)
            row.values[6] = .integer(0)
            row.values[7] = .integer(count)
        }
    }
}

/// Hears utterances again from their sources, through the recipe's own chain, and writes them as FLAC.
final class SoundReader {
    private let ingest: IngestParameters
    private var reader: UtteranceReader
    private var knowsFFmpeg = false
    private let rates: RateConverter
    private let rate: Int
    private let coding: AudioCoding
    private var encoder: FLACEncoder

    init(_ recipe: Recipe, coding: AudioCoding = .flac) throws {
        self.coding = coding
        ingest = recipe.ingest
        reader = try UtteranceReader(recipe.ingest)
        rates = RateConverter(recipe.resample)
        rate = recipe.resample.rate
        encoder = try FLACEncoder()
    }

    /// The waveform of the utterance in `rates.waveform`; returns its length, and whether 16 bits hold it exactly.
    private func hear(_ source: UtteranceRow) throws -> (count: Int, isExact: Bool) {
        var clock = StageClock()
        let (path, range) = SourceUtterance.parts(ofPlace: source.path)
        // Asking ffmpeg for its version takes longer than hearing a file that does not need it.
        if FFmpeg.reads(path), !knowsFFmpeg {
            reader = try UtteranceReader(ingest, ffmpeg: FFmpeg.find())
            knowsFFmpeg = true
        }
        let utterance = SourceUtterance(
            corpus: source.corpus, id: source.id, speaker: source.speaker, session: source.session,
            relativePath: "",
            path: path, state: FileState(byteCount: 0, modified: 0, changed: 0, inode: 0), rejection: nil,
            range: range)
        switch reader.read(utterance, isChecked: true, clock: &clock) {
        case .rejected(_, _, let reason, let message):
            throw StageError.failed("cannot hear \(source.path) again (\(reason)): \(message)")
        case .usable(_, let audio):
            guard audio == source.audio else {
                throw StageError.failed(
                    "\(source.path) has other audio now than when it was built; run 'twinset build' again")
            }
        }
        let isExact =
            rates.isIdentity(reader.audio) && !reader.audio.isFloat && reader.audio.bitsPerSample <= 16
        return (try rates.convert(reader.audio), isExact)
    }

    /// Appends the file of an utterance: FLAC of 16 bits where they hold its samples exactly, else of 24.
    func append(_ source: UtteranceRow, to row: inout ShardRow) throws -> Int {
        let (count, isExact) = try hear(source)
        let waveform = rates.waveform
        let samples = waveform.span.extracting(0..<count)
        switch coding {
        case .flac:
            let file = try encoder.encode(samples, sampleRate: rate, bits: isExact ? 16 : 24)
            row.append(audio: file, sampleCount: count)
        case .wav16: row.append(audio: WaveEncoder.encode(samples, sampleRate: rate), sampleCount: count)
        }
        return count
    }

    /// The waveform of an utterance.
    func waveform(_ source: UtteranceRow) throws -> [Float] {
        let count = try hear(source).count
        return Array(rates.waveform[..<count])
    }
}
