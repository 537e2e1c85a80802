import Audio
import ContentStore
import Features
import Foundation

/// Turns any audio file into the examples of a recipe: through the same reader, resampler, cuts and features as its
/// dataset, value for value.
///
/// Two rules of `ingest` are about corpora and do not hold here: `rates`, since a recording of another rate is resampled;
/// and `channels: reject`, since several channels are mixed. Nothing is augmented.
package final class RecordingReader {
    private let recipe: Recipe
    private let reader: UtteranceReader
    private let rates: RateConverter
    private let chain: ExampleChain
    /// Of `normalize: dataset`.
    private let statistics: (mean: [Float], deviation: [Float])?

    /// - Parameter statistics: the mean and deviation of the dataset's train side, which `normalize: dataset` takes.
    package init(_ recipe: Recipe, statistics: TensorFileReader? = nil) throws {
        guard recipe.features.normalize != .dataset || statistics != nil else {
            throw StageError.usage(
                "'\(recipe.name)' normalizes by the train side of its dataset, which is needed; build it again"
            )
        }
        self.recipe = recipe
        var ingest = recipe.ingest
        ingest.rates = []
        if ingest.channels == .reject { ingest.channels = .mix }
        reader = try UtteranceReader(ingest, ffmpeg: FFmpeg.find())
        var resample = recipe.resample
        resample.channels = ingest.channels
        rates = RateConverter(resample)
        chain = try ExampleChain(
            recipe, network: try recipe.weights.map { try SharedNetwork($0).network() })
        self.statistics = try statistics.map { (try $0.floats("mean"), try $0.floats("deviation")) }
    }

    /// The examples of the file at `path`. Throws one sentence where it gives none.
    ///
    /// - Parameter name: what it is called there, where not by its path.
    package func examples(path: String, called name: String? = nil) throws(StageError) -> RecordingExamples {
        try hear(path, name ?? path)
        return try examples(of: name ?? path)
    }

    /// The examples of what is in `reader.audio`.
    private func examples(of path: String) throws(StageError) -> RecordingExamples {
        let count: Int
        do {
            count = try rates.convert(reader.audio)
        } catch {
            throw .failed("\(path) cannot be brought to \(recipe.resample.rate) Hz: \(error.message)")
        }
        let waveform = rates.waveform
        let (rows, ranges) = chain.examples(waveform, count: count)
        let audio = reader.audio
        let seconds = Double(audio.sampleCount) / Double(audio.sampleRate)
        guard !ranges.cuts.isEmpty else { throw nothing(path, count: count, seconds: seconds) }
        let shape = try shape()
        return RecordingExamples(
            values: try stored(rows, path), shape: shape, count: ranges.cuts.count,
            sampleRate: audio.sampleRate, channelCount: audio.channelCount, seconds: seconds)
    }

    /// Leaves the file's samples in `reader.audio`, where nothing is wrong with them.
    private func hear(_ file: String, _ path: String) throws(StageError) {
        let recording = SourceUtterance(
            corpus: "", id: path, speaker: "", session: "", relativePath: "", path: file,
            state: FileState(byteCount: 0, modified: 0, changed: 0, inode: 0), rejection: nil)
        var clock = StageClock()
        guard
            case .rejected(_, _, let reason, let message) = reader.read(
                recording, isChecked: false, clock: &clock)
        else { return }
        switch reason {
        case "unreadable": throw .failed("\(message); name a recording that is there")
        case "silent":
            throw .failed("\(path) is silent, all its samples are zero; is the microphone on?")
        case "too-short":
            throw tooShort(path, seconds: Double(reader.audio.sampleCount) / Double(reader.audio.sampleRate))
        default: throw .failed("\(path) cannot be used (\(reason)): \(message)")
        }
    }

    /// Why a recording of `count` samples at the dataset's rate gives no example.
    private func nothing(_ path: String, count: Int, seconds: Double) -> StageError {
        let silent = ExampleCutter(parameters: recipe.frame).ranges(count, speech: nil)
        guard silent.cuts.isEmpty else {
            return .failed(
                "in \(path) nobody is heard to speak for as long as an example takes (frame.vad); record louder or longer"
            )
        }
        return tooShort(path, seconds: seconds)
    }

    private func tooShort(_ path: String, seconds: Double) -> StageError {
        .failed(
            String(
                format: "%@ lasts %.2f s, and '%@' makes its first example of %.2f s; record more", path,
                seconds,
                recipe.name, (leastSeconds * 100).rounded(.up) / 100))
    }

    /// How long a recording must be to give an example.
    private var leastSeconds: Double {
        let cutter = ExampleCutter(parameters: recipe.frame)
        let frame = recipe.frame
        let example = frame.tail == .drop ? cutter.exampleLength ?? frame.window : frame.window
        let whole = example + (frame.limit == .exclusive && frame.length != nil ? 1 : 0) + 2 * frame.trim
        return max(
            Double(max(whole, frame.minimum)) / Double(recipe.resample.rate),
            Double(recipe.ingest.minimumMilliseconds) / 1000)
    }

    /// The shape of one example.
    private func shape() throws(StageError) -> [Int] {
        let frames = ExampleCutter(parameters: recipe.frame).framesPerExample
        guard frames != nil || recipe.features.picture != nil else {
            throw .usage(
                "'\(recipe.name)' takes whole utterances of different lengths, and a network examples of one; give it "
                    + "frame.length or frame.group")
        }
        return recipe.features.exampleShape(frames: frames ?? 0)
    }

    /// The values as the dataset stores them: of its type, and normalized by its train side where the recipe says so.
    private func stored(_ rows: FeatureRows, _ path: String) throws(StageError) -> [Float] {
        var values = try rounded(rows, path)
        guard recipe.features.normalize == .dataset, let statistics else { return values }
        var span = values.mutableSpan
        normalize(&span, mean: statistics.mean.span, deviation: statistics.deviation.span)
        var normalized = FeatureRows()
        normalized.write(normalized.grow(by: values.count)) { output in
            for index in values.indices { output[index] = values[index] }
        }
        return try rounded(normalized, path)
    }

    private func rounded(_ rows: FeatureRows, _ path: String) throws(StageError) -> [Float] {
        do {
            let tensor = try rows.tensor("features", shape: [rows.count], type: recipe.features.dtype)
            if case .float16(let halves) = tensor.elements { return halves.map { HalfPrecision.float($0) } }
            return Array(rows.values[..<rows.count])
        } catch {
            throw .failed("\(path): \(error.message)")
        }
    }
}
