import Audio
import ContentStore
import Features

/// Makes the fingerprints of decoded audio, for one worker. An extractor is made once for every sample rate that occurs.
final class PackFingerprinter {
    private let parameters: FingerprintParameters
    private let channels: ChannelPolicy
    private var extractors: [Int: Extractor] = [:]
    private var fingerprint = Fingerprint()
    private var mixed: [Float] = []
    private(set) var table = FingerprintTable()

    private final class Extractor {
        var extractor: FingerprintExtractor
        init(_ extractor: consuming FingerprintExtractor) { self.extractor = extractor }
    }

    init(_ parameters: FingerprintParameters, channels: ChannelPolicy) {
        self.parameters = parameters
        self.channels = channels
    }

    func removeAll() { table.removeAll() }

    func file() throws(StoreError) -> TensorFile { try table.file(parameters) }

    /// Appends the row of one utterance.
    func append(_ audio: borrowing DecodedAudio) {
        if !extract(audio) { fingerprint = Fingerprint() }
        table.append(fingerprint)
    }

    /// Whether there is a fingerprint: not of a rate that lacks bands, nor of channels that the recipe refuses.
    private func extract(_ audio: borrowing DecodedAudio) -> Bool {
        guard parameters.covers(sampleRate: audio.sampleRate) else { return false }
        do {
            let known = extractors[audio.sampleRate]
            let extractor =
                try known
                ?? Extractor(try FingerprintExtractor(parameters, sampleRate: audio.sampleRate))
            extractors[audio.sampleRate] = extractor
            if audio.channelCount == 1 {
                let samples = audio.samples
                extractor.extractor.extract(
                    samples.span.extracting(0..<audio.sampleCount), into: &fingerprint)
            } else {
                try mono(audio, policy: channels, into: &mixed)
                let samples = mixed
                extractor.extractor.extract(samples.span, into: &fingerprint)
            }
            return true
        } catch {
            return false
        }
    }
}
