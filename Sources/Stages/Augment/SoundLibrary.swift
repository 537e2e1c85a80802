import Audio
import ContentStore
import Pipeline

/// The sounds of a folder as waveforms at the dataset's rate, for one worker. As many of the last ones are kept as fit
/// into a limit, and the last in any case.
final class SoundLibrary {
    /// 32 MB: rooms and short noises stay, an hour of street does not.
    private static let keptSampleLimit = 1 << 23

    private let folder: SoundFolder
    private let parameters: ResampleParameters
    /// The longest a sound may be, in seconds; nil without a limit.
    private let longest: Int?
    private var rates: RateConverter
    private var decoder: AudioDecoder
    private var source = SourceFile()
    private var audio = DecodedAudio()
    private var kept: [(number: Int, waveform: [Float])] = []

    /// Sounds come to `rate` by the Kaiser resampler; of several channels the first is taken.
    init(_ folder: SoundFolder, rate: Int, longest: Int? = nil) throws(AudioError) {
        self.folder = folder
        self.longest = longest
        parameters = ResampleParameters(rate: rate, method: .kaiser, channels: .first)
        rates = RateConverter(parameters)
        decoder = try AudioDecoder()
    }

    func name(_ number: Int) -> String { folder.path + "/" + folder.sounds[number].path }

    /// The waveform of sound number `number`.
    func waveform(_ number: Int) throws(PipelineError) -> [Float] {
        if let known = kept.first(where: { $0.number == number }) { return known.waveform }
        let made = try read(folder.sounds[number])
        kept.append((number, made))
        var total = kept.reduce(0) { $0 + $1.waveform.count }
        while total > SoundLibrary.keptSampleLimit && kept.count > 1 {
            total -= kept.removeFirst().waveform.count
        }
        return made
    }

    /// Tries sounds that were not heard before, so that a damaged one ends a build before it begins and not in its
    /// middle, when it is drawn.
    func check(_ digests: Set<Digest>) throws(PipelineError) {
        for number in folder.sounds.indices where digests.contains(folder.sounds[number].digest) {
            let sound = try waveform(number)
            guard folder.role != "responses" || sound.contains(where: { $0 != 0 }) else {
                throw refusal(name(number), "it is silent")
            }
        }
    }

    /// Gives back the storage that decoding a very long sound took.
    private func release() {
        source = SourceFile()
        audio = DecodedAudio()
        rates = RateConverter(parameters)
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
            if let longest, count > longest * parameters.rate {
                throw refusal(path, "it is longer than \(longest) s")
            }
            guard count > SoundLibrary.keptSampleLimit else { return Array(rates.waveform[0..<count]) }
            // Taken over, not copied.
            defer { release() }
            return rates.waveform
        } catch let error as AudioError {
            throw refusal(path, error.message)
        } catch let error as PipelineError {
            throw error
        } catch {
            throw refusal(path, "\(error)")
        }
    }

    private func refusal(_ path: String, _ reason: String) -> PipelineError {
        let reason = reason.hasSuffix(".") ? String(reason.dropLast()) : reason
        return .worker(
            "\(path) cannot be used for augment.\(folder.role): \(reason); take it out of the folder, or mend it"
        )
    }
}
