/// What the outside of a file says, read before any library decodes it.
///
/// libsndfile quietly shortens a file whose header promises more than it holds, so the promise is read here
/// and kept against what comes out. Only containers whose promise can be read are accepted:
///
///     fLaC, ID3 + fLaC    native FLAC; libFLAC finds damage by its frame checksums
///     OggS                Ogg with FLAC, Vorbis or Opus; every page has a checksum, see `verifyOggPages`
///     RIFF RIFX RF64 BW64 WAV; see `waveLength`
///     FORM … AIFF AIFC    see `aiffLength`
///     .snd                AU; see `auLength`
///     NIST_1A             SPHERE, as the LDC ships it; see `sphereLength`
enum Container: Equatable {
    case flac(start: Int)
    case oggFLAC
    /// For libsndfile: the announced samples per channel, nil where the format leaves them open.
    case other(name: String, declaredSampleCount: Int?)

    init(_ bytes: RawSpan) throws(AudioError) {
        guard bytes.byteCount > 0 else { throw AudioError(.empty, "The file has no bytes.") }
        let start = Self.endOfID3(bytes)
        if hasText("fLaC", bytes, at: start) {
            self = .flac(start: start)
        } else if hasText("OggS", bytes, at: 0) {
            try verifyOggPages(bytes)
            let segments = Int(bytes.byteCount > 26 ? byte(bytes, 26) : 0)
            let isFLAC = hasText("\u{7F}FLAC", bytes, at: 27 + segments)
            self = isFLAC ? .oggFLAC : .other(name: "Ogg", declaredSampleCount: nil)
        } else if let name = Self.waveName(bytes) {
            self = .other(name: name, declaredSampleCount: try waveLength(bytes))
        } else if hasText("FORM", bytes, at: 0), hasText("AIF", bytes, at: 8) {
            self = .other(name: "AIFF", declaredSampleCount: try aiffLength(bytes))
        } else if hasText(".snd", bytes, at: 0) {
            self = .other(name: "AU", declaredSampleCount: try auLength(bytes))
        } else if hasText("NIST_1A\n", bytes, at: 0) {
            self = .other(name: "SPHERE", declaredSampleCount: try sphereLength(bytes))
        } else {
            throw Self.refusal(bytes, afterID3: start > 0)
        }
    }

    /// Where the audio begins behind an ID3v2 tag; 0 without one. The tag's length is four times seven bits.
    private static func endOfID3(_ bytes: RawSpan) -> Int {
        guard hasText("ID3", bytes, at: 0), bytes.byteCount > 10 else { return 0 }
        let length = (6..<10).reduce(0) { $0 << 7 | Int(byte(bytes, $1) & 0x7F) }
        let footer = byte(bytes, 5) & 0x10 == 0 ? 0 : 10
        return 10 + length + footer
    }

    private static func waveName(_ bytes: RawSpan) -> String? {
        guard hasText("WAVE", bytes, at: 8) else { return nil }
        if hasText("RIFF", bytes, at: 0) || hasText("RIFX", bytes, at: 0) { return "WAV" }
        return hasText("RF64", bytes, at: 0) || hasText("BW64", bytes, at: 0) ? "RF64" : nil
    }

    private static func refusal(_ bytes: RawSpan, afterID3: Bool) -> AudioError {
        let isMP3 = afterID3 || bytes.byteCount > 1 && byte(bytes, 0) == 0xFF && byte(bytes, 1) & 0xE6 == 0xE2
        if isMP3 {
            return AudioError(
                .unsupported,
                "The file looks like MP3, in which missing audio cannot be told; convert it to FLAC.")
        }
        if hasText("ftyp", bytes, at: 4) || hasText("caff", bytes, at: 0) || hasText("riff", bytes, at: 0) {
            return AudioError(
                .unsupported, "MP4, CAF and W64 files are not read; convert the file to FLAC or WAV.")
        }
        return AudioError(
            .notAudio,
            "The file begins like no FLAC, WAV, Ogg, AIFF, AU or SPHERE file; it is not audio or its start is lost."
        )
    }
}
