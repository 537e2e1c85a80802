import Audio
import ContentStore
import Manifest

/// Reads, checks and decodes one utterance after another, for one worker.
final class UtteranceReader {
    /// 60 dB over full scale: float files may exceed 1, but not by this.
    private static let largestSample: Float = 1000

    private let parameters: IngestParameters
    private var decoder: AudioDecoder
    private var source = SourceFile()
    private(set) var audio = DecodedAudio()

    /// What became of a file.
    enum Verdict {
        /// It can be used; its samples are in `audio`.
        case usable(source: Digest, audio: Digest)
        case rejected(source: Digest?, byteCount: Int, reason: String, message: String)
    }

    init(_ parameters: IngestParameters) throws(AudioError) {
        self.parameters = parameters
        decoder = try AudioDecoder()
    }

    /// - Parameter isChecked: the file's MD5 was checked when it was first read.
    func read(_ utterance: SourceUtterance, isChecked: Bool, clock: inout StageClock) -> Verdict {
        do {
            try source.read(path: utterance.path)
        } catch {
            return .rejected(
                source: nil, byteCount: Int(utterance.state.byteCount), reason: "unreadable",
                message: error.message)
        }
        clock.charge(.read)
        let digest = source.digest()
        clock.charge(.hash)
        if let rejection = utterance.rejection {
            return .rejected(
                source: digest, byteCount: source.count, reason: rejection.reason, message: rejection.message)
        }
        do {
            try decode()
            clock.charge(.decode)
            let heard = try check(isChecked: isChecked)
            clock.charge(.hash)
            return .usable(source: digest, audio: heard)
        } catch {
            clock.charge(.decode)
            return .rejected(
                source: digest, byteCount: source.count, reason: error.reason, message: error.message)
        }
    }

    private struct Rejection: Error {
        let reason: String
        let message: String
    }

    private func decode() throws(Rejection) {
        do {
            let bytes = source.bytes
            try decoder.decode(bytes.span.extracting(0..<source.count), into: &audio)
        } catch {
            throw Rejection(reason: error.reason.rawValue, message: error.message)
        }
    }

    /// The digest of the decoded audio, when nothing is wrong with it.
    private func check(isChecked: Bool) throws(Rejection) -> Digest {
        if !parameters.rates.isEmpty && !parameters.rates.contains(audio.sampleRate) {
            throw Rejection(
                reason: "sample-rate",
                message: "it has \(audio.sampleRate) Hz where the recipe accepts "
                    + parameters.rates.map { "\($0) Hz" }.joined(separator: ", ") + " (ingest.rates)")
        }
        if audio.channelCount > 1 && parameters.channels == .reject {
            throw Rejection(
                reason: "several-channels",
                message:
                    "it has \(audio.channelCount) channels; set ingest.channels to first or mix to accept it")
        }
        if audio.sampleCount * 1000 < parameters.minimumMilliseconds * audio.sampleRate {
            throw Rejection(
                reason: "too-short",
                message:
                    "it has \(audio.sampleCount) samples, less than the \(parameters.minimumMilliseconds) ms of "
                    + "ingest.minimum")
        }
        if audio.isFloat,
            let wild = audio.samples.prefix(audio.sampleCount * audio.channelCount)
                .first(where: { abs($0) > UtteranceReader.largestSample })
        {
            throw Rejection(
                reason: "out-of-range",
                message:
                    "it has a sample of \(wild) where full scale is 1; it was not written as audio, or is damaged"
            )
        }
        if isSilent { throw Rejection(reason: "silent", message: "all its samples are zero") }
        return try hash(checksMD5: !isChecked && parameters.verify == .md5)
    }

    private var isSilent: Bool {
        let samples = audio.samples
        for index in 0..<(audio.sampleCount * audio.channelCount) where samples[index] != 0 { return false }
        return true
    }

    /// Hashes the decoded audio with its form, and compares FLAC's own checksum.
    private func hash(checksMD5: Bool) throws(Rejection) -> Digest {
        var hasher = StreamHasher()
        hasher.update(
            Array(
                "twinset.audio.1 \(audio.sampleRate) \(audio.channelCount) \(audio.bitsPerSample) \(audio.isFloat)\n"
                    .utf8))
        var found: [UInt8] = []
        let declared = checksMD5 ? audio.declaredMD5 : nil
        unsafe audio.pcm.withUnsafeBytes { bytes in
            let pcm = unsafe UnsafeRawBufferPointer(rebasing: bytes[0..<audio.pcmByteCount])
            unsafe hasher.update(pcm)
            if declared != nil {
                var md5 = MD5Hasher()
                unsafe md5.update(pcm)
                found = md5.finish()
            }
        }
        if let declared, declared != found {
            throw Rejection(
                reason: "md5-mismatch",
                message:
                    "its audio does not have the MD5 that STREAMINFO declares: it was changed after encoding; get "
                    + "the file again, or accept it with ingest.verify: crc")
        }
        return hasher.finish()
    }
}
