extension DecodedAudio {
    /// Becomes a part of another recording: its samples in `range`, which lies within, of every channel. A checksum
    /// of the whole says nothing of a part, so there is none.
    package mutating func take(_ range: Range<Int>, of whole: borrowing DecodedAudio) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= whole.sampleCount,
            "samples \(range) of \(whole.sampleCount)")
        clear()
        (sampleRate, channelCount, bitsPerSample) = (
            whole.sampleRate, whole.channelCount, whole.bitsPerSample
        )
        isFloat = whole.isFloat
        makeRoom(for: range.count)
        sampleCount = range.count
        let first = range.lowerBound * channelCount
        for index in 0..<(range.count * channelCount) { samples[index] = whole.samples[first + index] }
        let firstByte = first * bytesPerSample
        for index in 0..<pcmByteCount { pcm[index] = whole.pcm[firstByte + index] }
    }

    /// Becomes a recording of 16-bit integers, channels interleaved, little-endian as in `bytes`.
    mutating func take(sixteenBit bytes: ArraySlice<UInt8>, sampleRate rate: Int, channelCount channels: Int)
    {
        clear()
        (sampleRate, channelCount, bitsPerSample) = (rate, channels, 16)
        let count = bytes.count / (2 * channels)
        makeRoom(for: count)
        sampleCount = count
        for index in 0..<(count * channels) {
            let place = bytes.startIndex + 2 * index
            let value = Int16(bitPattern: UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8)
            samples[index] = Float(value) / 32768
            (pcm[2 * index], pcm[2 * index + 1]) = (bytes[place], bytes[place + 1])
        }
    }
}
