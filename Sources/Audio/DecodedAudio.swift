/// One decoded recording: its samples twice, as the exact integers and as floats, and what its header claimed.
///
/// The buffers are reused from file to file and only ever grow: of `pcm` the first `pcmByteCount` bytes, of
/// `samples` the first `sampleCount * channelCount` values belong to this recording; what follows is left
/// over from longer ones. Keep one value per worker.
package struct DecodedAudio: Sendable {
    /// Samples per second, of each channel.
    package internal(set) var sampleRate = 0
    package internal(set) var channelCount = 0
    /// Bits of one sample as stored: 4 to 32 for integers, 32 for every float source.
    package internal(set) var bitsPerSample = 0
    package internal(set) var isFloat = false
    /// Samples per channel, counted by decoding, never taken from a header.
    package internal(set) var sampleCount = 0
    /// Samples per channel as the header said; nil if it left the count open.
    package internal(set) var declaredSampleCount: Int?
    /// MD5 of `pcm` as FLAC's STREAMINFO gives it (16 bytes); nil if absent or all zero. Not checked here.
    package internal(set) var declaredMD5: [UInt8]?

    /// The canonical bytes, channels interleaved: signed little-endian integers of ceil(bits / 8) bytes, the
    /// very bytes FLAC's MD5 is defined over, also for 8-bit WAV (which stores unsigned) and for µ-law and
    /// A-law (decoded to 16 bits). Float sources: little-endian 32-bit floats; 64-bit floats are rounded to
    /// 32 bits first, so two sources that differ only below that are one.
    package internal(set) var pcm: [UInt8] = []
    /// The samples, channels interleaved: integer / 2^(bits − 1), so −1 … 1; float sources as they are,
    /// which may lie outside.
    package internal(set) var samples: [Float] = []

    package init() {}

    /// Bytes of one sample in `pcm`.
    package var bytesPerSample: Int { (bitsPerSample + 7) / 8 }
    /// Bytes of `pcm` that belong to this recording.
    package var pcmByteCount: Int { sampleCount * channelCount * bytesPerSample }

    /// Forgets the recording and keeps the buffers.
    mutating func clear() {
        (sampleRate, channelCount, bitsPerSample, sampleCount) = (0, 0, 0, 0)
        (isFloat, declaredSampleCount, declaredMD5) = (false, nil, nil)
    }

    /// Makes room for `count` samples per channel, at least doubling when it must grow.
    mutating func makeRoom(for count: Int) {
        let values = count * channelCount
        if samples.count < values { extend(&samples, to: max(values, 2 * samples.count), by: zeroFloats) }
        let bytes = values * bytesPerSample
        if pcm.count < bytes { extend(&pcm, to: max(bytes, 2 * pcm.count), by: zeroBytes) }
    }
}
