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
    /// For files that the libraries do not read; nil where it is not installed.
    private let ffmpeg: FFmpeg?
    private(set) var audio = DecodedAudio()
    /// The last recording that an utterance was a part of, and its audio: its neighbors are parts of it too.
    private var recording: Recording?
    private var whole = DecodedAudio()

    /// What became of a file.
    enum Verdict {
        /// It can be used; its samples are in `audio`.
        case usable(source: Digest, audio: Digest)
        case rejected(source: Digest?, byteCount: Int, reason: String, message: String)
    }

    init(_ parameters: IngestParameters, ffmpeg: FFmpeg? = nil) throws(AudioError) {
        self.parameters = parameters
        self.ffmpeg = ffmpeg
        decoder = try AudioDecoder()
    }

    /// - Parameter isChecked: the file's MD5 was checked when it was first read.
    func read(_ utterance: SourceUtterance, isChecked: Bool, clock: inout StageClock) -> Verdict {
        if let range = utterance.range {
            return read(range, of: utterance, isChecked: isChecked, clock: &clock)
        }
        do {
            try source.read(path: utterance.path)
        } catch {
            return .rejected(
                source: nil, byteCount: Int(utterance.state.byteCount),
                reason: utterance.rejection?.reason ?? "unreadable",
                message: utterance.rejection?.message ?? error.message)
        }
        clock.charge(.read)
        let digest = source.digest()
        clock.charge(.hash)
        if let rejection = utterance.rejection {
            return .rejected(
                source: digest, byteCount: source.count, reason: rejection.reason, message: rejection.message)
        }
        do {
            try decode(utterance.path, into: &audio)
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

    /// Decodes the source's bytes, or where they are for ffmpeg, the file at `path`.
    private func decode(_ path: String, into audio: inout DecodedAudio) throws(Rejection) {
        do {
            let bytes = source.bytes
            try decoder.decode(bytes.span.extracting(0..<source.count), into: &audio)
        } catch {
            let isForeign = error.reason == .unsupported || error.reason == .notAudio
            guard isForeign, FFmpeg.reads(path) else {
                throw Rejection(reason: error.reason.rawValue, message: error.message)
            }
            guard let ffmpeg else {
                throw Rejection(reason: AudioError.Reason.unsupported.rawValue, message: FFmpeg.missing)
            }
            do {
                try ffmpeg.decode(path, into: &audio)
            } catch {
                throw Rejection(reason: error.reason.rawValue, message: error.message)
            }
        }
    }

    /// A file of which several utterances are parts.
    private struct Recording {
        let path: String
        let source: Digest
        let byteCount: Int
        /// Why nothing of it can be used.
        let rejection: Rejection?
        /// Whether its MD5 was compared here, or need not be.
        let isChecked: Bool
    }

    /// The part `range` of a recording, which is read and decoded once for all utterances in a row that need it.
    private func read(
        _ range: SourceRange, of utterance: SourceUtterance, isChecked: Bool, clock: inout StageClock
    ) -> Verdict {
        var known = recording
        if known?.path != utterance.path || known?.isChecked == false && !isChecked {
            recording = nil
            do {
                try source.read(path: utterance.path)
            } catch {
                return .rejected(
                    source: nil, byteCount: Int(utterance.state.byteCount),
                    reason: utterance.rejection?.reason ?? "unreadable",
                    message: utterance.rejection?.message ?? error.message)
            }
            known = open(utterance.path, isChecked: isChecked, clock: &clock)
            recording = known
        }
        guard let known else {
            preconditionFailure("the recording \(utterance.path) was neither read nor rejected")
        }
        do throws(Rejection) {
            if let rejection = utterance.rejection {
                throw Rejection(reason: rejection.reason, message: rejection.message)
            }
            if let rejection = known.rejection { throw rejection }
            try take(range)
            clock.charge(.decode)
            let heard = try check(isChecked: true)
            clock.charge(.hash)
            return .usable(source: known.source, audio: heard)
        } catch {
            clock.charge(.decode)
            return .rejected(
                source: known.source, byteCount: known.byteCount, reason: error.reason, message: error.message
            )
        }
    }

    /// Decodes the recording that was just read.
    private func open(_ path: String, isChecked: Bool, clock: inout StageClock) -> Recording {
        clock.charge(.read)
        let digest = source.digest()
        clock.charge(.hash)
        var rejection: Rejection?
        do {
            try decode(path, into: &whole)
            clock.charge(.decode)
            if !isChecked && parameters.verify == .md5 { _ = try hash(whole, checksMD5: true) }
            clock.charge(.hash)
        } catch {
            clock.charge(.decode)
            rejection = error
        }
        return Recording(
            path: path, source: digest, byteCount: source.count, rejection: rejection,
            isChecked: !isChecked || parameters.verify != .md5)
    }

    private func take(_ range: SourceRange) throws(Rejection) {
        let samples = range.samples(rate: whole.sampleRate, count: whole.sampleCount)
        guard samples.upperBound <= whole.sampleCount else {
            let excess = samples.upperBound - whole.sampleCount
            throw Rejection(
                reason: "beyond-end",
                message:
                    "its part \(range) s ends \(excess) samples (at \(whole.sampleRate) Hz) after its recording of "
                    + "\(whole.sampleCount); correct the times, or leave the end open")
        }
        guard !samples.isEmpty else {
            throw Rejection(reason: "empty", message: "its part \(range) s holds no sample")
        }
        audio.take(samples, of: whole)
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
        return try hash(audio, checksMD5: !isChecked && parameters.verify == .md5)
    }

    private var isSilent: Bool {
        let samples = audio.samples
        for index in 0..<(audio.sampleCount * audio.channelCount) where samples[index] != 0 { return false }
        return true
    }

    /// Hashes the decoded audio with its form, and compares FLAC's own checksum.
    private func hash(_ audio: borrowing DecodedAudio, checksMD5: Bool) throws(Rejection) -> Digest {
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
