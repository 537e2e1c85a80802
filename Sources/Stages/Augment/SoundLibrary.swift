import Audio
import ContentStore
import Pipeline

/// The sounds of a folder as waveforms at the dataset's rate, for one worker. The last few are kept: utterances of a
/// pack share no sound, but copies may.
final class SoundLibrary {
    private static let keptCount = 4

    private let folder: SoundFolder
    private let rates: RateConverter
    private var decoder: AudioDecoder
    private var source = SourceFile()
    private var audio = DecodedAudio()
    private var kept: [(number: Int, waveform: [Float])] = []

    /// Sounds come to `rate` by the Kaiser resampler; of several channels the first is taken.
    init(_ folder: SoundFolder, rate: Int) throws(AudioError) {
        self.folder = folder
        rates = RateConverter(ResampleParameters(rate: rate, method: .kaiser, channels: .first))
        decoder = try AudioDecoder()
    }

    func name(_ number: Int) -> String { folder.path + "/" + folder.sounds[number].path }

    /// The waveform of sound number `number`.
    func waveform(_ number: Int) throws(PipelineError) -> [Float] {
        if let known = kept.first(where: { $0.number == number }) { return known.waveform }
        let made = try read(folder.sounds[number])
        if kept.count == SoundLibrary.keptCount { kept.removeFirst() }
        kept.append((number, made))
        return made
    }

    private func read(_ sound: SoundFolder.Sound) throws(PipelineError) -> [Float] {
        let path = folder.path + "/" + sound.path
        do {
            try source.read(path: path)
        } catch {
            throw .store(error)
        }
        guard source.digest() == sound.digest else {
            throw .worker("\(path) changed while the build ran; build again")
        }
        do {
            let bytes = source.bytes
            try decoder.decode(bytes.span.extracting(0..<source.count), into: &audio)
            let count = try rates.convert(audio)
            guard count > 0 else { throw refusal(path, "it has no samples") }
            return Array(rates.waveform[0..<count])
        } catch let error as AudioError {
            throw refusal(path, error.message)
        } catch let error as PipelineError {
            throw error
        } catch {
            throw refusal(path, "\(error)")
        }
    }

    private func refusal(_ path: String, _ reason: String) -> PipelineError {
        .worker(
            "\(path) cannot be used for augment.\(folder.role): \(reason); take it out of the folder, or mend it"
        )
    }
}
