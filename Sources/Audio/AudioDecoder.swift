/// Turns the bytes of one audio file into samples: all of them, or a reason why not.
///
/// FLAC (native, also behind an ID3v2 tag, and in Ogg) goes through libFLAC; WAV, AIFF, AU, SPHERE, Ogg Vorbis
/// and Ogg Opus through libsndfile. A file that ends early, contradicts its header or fails a checksum is
/// refused, never shortened: what is returned is everything the file announced. Not detectable here: wrong
/// bits inside formats without checksums (WAV, AIFF, AU, SPHERE), and a FLAC stream of unannounced length cut
/// exactly between two frames.
///
/// FLAC and integer PCM are lossless, so their samples depend on no library version; those of Vorbis and Opus
/// depend on `sndfileVersion` (and the codecs below it).
///
/// One value serves one worker for all its files; nothing is allocated per file once the buffers have grown.
package struct AudioDecoder: ~Copyable {
    private var flac: FLACDecoder
    private var sndfile: SndfileReader

    /// - Parameters:
    ///   - sampleLimit: the most samples, all channels together, that one file may hold: 2^28 is 4.6 hours of
    ///     mono at 16 kHz and 1.6 GB of buffers. A few damaged bytes can announce terabytes.
    ///   - level: the vector instructions to use; the bits do not depend on it.
    /// - Throws: `library-failure` if libFLAC has no memory.
    package init(sampleLimit: Int = 1 << 28, level: VectorLevel = .current) throws(AudioError) {
        precondition(level <= .current, "this CPU runs up to \(VectorLevel.current), not \(level)")
        flac = try FLACDecoder(sampleLimit: sampleLimit, level: level)
        sndfile = SndfileReader(sampleLimit: sampleLimit, level: level)
    }

    /// Decodes a whole file held in memory. After an error `audio` holds leftovers.
    package mutating func decode(_ bytes: RawSpan, into audio: inout DecodedAudio) throws(AudioError) {
        let container = try Container(bytes)
        try unsafe bytes.withUnsafeBytes { (bytes) throws(AudioError) in
            switch container {
            case .flac(let start):
                try unsafe flac.decode(
                    UnsafeRawBufferPointer(rebasing: bytes[start...]), isOgg: false, into: &audio)
            case .oggFLAC:
                try unsafe flac.decode(bytes, isOgg: true, into: &audio)
            case .other(let name, let declared):
                try unsafe sndfile.decode(bytes, name: name, declaredSampleCount: declared, into: &audio)
            }
        }
    }

    /// The same from an array's span.
    package mutating func decode(_ bytes: Span<UInt8>, into audio: inout DecodedAudio) throws(AudioError) {
        try decode(unsafe bytes.bytes, into: &audio)
    }

    /// libFLAC's version, as `1.4.2`. For reports: FLAC is lossless and no sample depends on it.
    package static var flacVersion: String { FLACDecoder.libraryVersion }
    /// libsndfile's version, as `libsndfile-1.2.0`. It shapes the samples of Vorbis and Opus, and no others.
    package static var sndfileVersion: String { SndfileReader.libraryVersion }
}
