import Audio

/// Decodes one file with a fresh decoder.
func decode(_ bytes: [UInt8], sampleLimit: Int = 1 << 24) throws(AudioError) -> DecodedAudio {
    var decoder = try AudioDecoder(sampleLimit: sampleLimit)
    var audio = DecodedAudio()
    try decoder.decode(bytes.span, into: &audio)
    return audio
}

/// Why a file is refused; nil if it decodes.
func refusal(_ bytes: [UInt8], sampleLimit: Int = 1 << 24) -> AudioError.Reason? {
    do {
        _ = try decode(bytes, sampleLimit: sampleLimit)
        return nil
    } catch {
        return error.reason
    }
}

extension DecodedAudio {
    /// The 16-bit samples, channels interleaved, that `pcm` holds.
    var words: [Int16] {
        (0..<pcmByteCount / 2).map { Int16(bitPattern: UInt16(pcm[2 * $0]) | UInt16(pcm[2 * $0 + 1]) << 8) }
    }
}
