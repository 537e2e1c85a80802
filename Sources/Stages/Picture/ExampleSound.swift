import Audio
import ContentStore
import Pipeline

/// One row of a features artifact and where its sound is.
struct Example {
    let utterance: String
    let speaker: String
    let path: String
    let row: Int
    let start: Int
    let length: Int
    let values: [Float]

    func cell(rate: Int) -> ExamplePicture.Cell {
        ExamplePicture.Cell(
            utterance: utterance, speaker: speaker, row: row, startSeconds: Double(start) / Double(rate),
            seconds: Double(length) / Double(rate))
    }
}

/// Hears an example again from its source, through the recipe's own chain.
struct ExampleSound {
    private let reader: UtteranceReader
    private let rates: RateConverter

    init(recipe: Recipe) throws {
        reader = try UtteranceReader(recipe.ingest, ffmpeg: FFmpeg.find())
        rates = RateConverter(recipe.resample)
    }

    func waveform(of example: Example) throws -> [Float] {
        var clock = StageClock()
        let (path, range) = SourceUtterance.parts(ofPlace: example.path)
        let source = SourceUtterance(
            corpus: "", id: example.utterance, speaker: example.speaker, session: "", relativePath: "",
            path: path, state: FileState(byteCount: 0, modified: 0, changed: 0, inode: 0),
            rejection: nil,
            range: range)
        if case .rejected(_, _, let reason, let message) = reader.read(source, isChecked: true, clock: &clock)
        {
            throw StageError.failed("cannot hear \(example.path) again (\(reason)): \(message)")
        }
        let count = try rates.convert(reader.audio)
        return Array(rates.waveform[min(example.start, count)..<min(example.start + example.length, count)])
    }
}
