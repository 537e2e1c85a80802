/// What one FLAC decoding run knows: where it reads, what it has written, and what went wrong first. The
/// library's callbacks reach it through a pointer; it outlives every run and is reused.
@safe struct FLACSession {
    var input = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    /// Bytes handed to the library.
    var position = 0
    /// Bytes up to the end of the last whole frame (or of the metadata).
    var frameEnd = 0
    var audio = DecodedAudio()
    var hasStreamInfo = false
    /// The library has asked for more than there is: an error it reports from then on is the cut's doing.
    var sawEnd = false
    var failure: AudioError?
    var sampleLimit = 0
    var level = VectorLevel.base

    /// Keeps the first failure; the callbacks stop the library when there is one.
    mutating func fail(_ reason: AudioError.Reason, _ message: String) {
        if failure == nil { failure = AudioError(reason, message) }
    }

    mutating func begin(_ bytes: UnsafeRawBufferPointer) {
        unsafe input = bytes
        (position, frameEnd) = (0, 0)
        (hasStreamInfo, sawEnd) = (false, false)
        failure = nil
        audio.clear()
    }

    /// Takes STREAMINFO. Room is made for what it announces as far as the file's size makes that plausible;
    /// the rest is found while decoding.
    mutating func takeStreamInfo(rate: Int, channels: Int, bits: Int, total: UInt64, md5: [UInt8]) {
        guard !hasStreamInfo else { return fail(.corrupt, "The FLAC stream has two STREAMINFO blocks.") }
        hasStreamInfo = true
        audio.sampleRate = rate
        audio.channelCount = channels
        audio.bitsPerSample = bits
        audio.declaredSampleCount = total == 0 ? nil : Int(total)
        audio.declaredMD5 = md5.allSatisfy { $0 == 0 } ? nil : md5
        guard (1...8).contains(channels), (4...32).contains(bits), rate > 0 else {
            return fail(
                .corrupt,
                "STREAMINFO gives \(channels) channels, \(bits) bits and \(rate) Hz; no FLAC stream has these."
            )
        }
        let plausible = unsafe 16 * input.count / channels
        audio.makeRoom(for: min(Int(total), sampleLimit, plausible))
    }

    /// Notes where a frame ended. libFLAC fills the place of missing frames with silent ones and reports no
    /// error; it does so after reading the frame behind the gap, so the silence and that frame end alike.
    mutating func reachFrameEnd(_ end: Int) {
        if end == frameEnd {
            fail(.corrupt, "Before byte \(end) of the FLAC stream frames are missing.")
        }
        frameEnd = end
    }

    /// Takes one whole frame whose checksum was right: `count` samples of each channel, the first of them
    /// number `first` of the stream.
    mutating func takeFrame(
        first: UInt64, count: Int, rate: Int, channels: Int, bits: Int,
        plane: (Int) -> UnsafePointer<Int32>?
    ) {
        guard hasStreamInfo else { return fail(.corrupt, "A FLAC frame comes before STREAMINFO.") }
        let before = audio.sampleCount
        guard first == UInt64(before) else {
            return fail(
                .corrupt,
                "After sample \(before) comes the FLAC frame of sample \(first): frames are missing.")
        }
        guard rate == audio.sampleRate, channels == audio.channelCount, bits == audio.bitsPerSample else {
            return fail(
                .corrupt,
                "The FLAC frame at sample \(before) has \(channels) channels, \(bits) bits, \(rate) Hz; STREAMINFO says \(audio.channelCount), \(audio.bitsPerSample), \(audio.sampleRate)."
            )
        }
        guard (before + count) * channels <= sampleLimit else {
            return fail(
                .tooLong,
                "The FLAC stream holds more than the limit of \(sampleLimit) samples; cut the recording.")
        }
        audio.makeRoom(for: before + count)
        let planes = channels
        if !(unsafe audio.append(count, planeCount: planes, shift: 0, level: level, plane: plane)) {
            fail(.libraryFailure, "libFLAC gave no samples for a channel at sample \(before).")
        }
    }
}
