internal import CFLAC

/// Makes the bytes of FLAC files with libFLAC's encoder: deterministic, so tests may flip chosen bits.
package struct FlacFile {
    /// One array per channel.
    package var channels: [[Int32]]
    package var bitsPerSample = 16
    package var sampleRate = 16000
    /// Samples per frame.
    package var blockSize = 1152
    /// As an encoder writing to a pipe leaves it: no sample count and no MD5 in STREAMINFO.
    package var isStreamed = false
    package var isOgg = false

    package init(_ samples: [Int16], sampleRate: Int = 16000) {
        channels = [samples.map(Int32.init)]
        self.sampleRate = sampleRate
    }

    package init(channels: [[Int32]], bitsPerSample: Int, sampleRate: Int = 16000) {
        (self.channels, self.bitsPerSample, self.sampleRate) = (channels, bitsPerSample, sampleRate)
    }

    package var bytes: [UInt8] {
        var file = EncodedFile()
        guard let encoder = unsafe FLAC__stream_encoder_new() else { return [] }
        defer { unsafe FLAC__stream_encoder_delete(encoder) }
        _ = unsafe FLAC__stream_encoder_set_channels(encoder, UInt32(channels.count))
        _ = unsafe FLAC__stream_encoder_set_bits_per_sample(encoder, UInt32(bitsPerSample))
        _ = unsafe FLAC__stream_encoder_set_sample_rate(encoder, UInt32(sampleRate))
        _ = unsafe FLAC__stream_encoder_set_blocksize(encoder, UInt32(blockSize))
        _ = unsafe FLAC__stream_encoder_set_streamable_subset(encoder, 0)
        let count = channels.first?.count ?? 0
        let interleaved = (0..<count).flatMap { i in channels.map { $0[i] } }
        unsafe withUnsafeMutablePointer(to: &file) { file in
            let seek: FLAC__StreamEncoderSeekCallback? = unsafe isStreamed ? nil : seekFLAC
            let status =
                unsafe isOgg
                ? FLAC__stream_encoder_init_ogg_stream(
                    encoder, rereadFLAC, writeFLAC, seek, tellFLAC, nil, file)
                : FLAC__stream_encoder_init_stream(encoder, writeFLAC, seek, tellFLAC, nil, file)
            precondition(
                status == FLAC__STREAM_ENCODER_INIT_STATUS_OK, "libFLAC's encoder: status \(status.rawValue)")
            let isWritten = unsafe FLAC__stream_encoder_process_interleaved(
                encoder, interleaved, UInt32(count))
            let isFinished = unsafe FLAC__stream_encoder_finish(encoder)
            precondition(isWritten != 0 && isFinished != 0, "libFLAC's encoder failed")
        }
        return file.bytes
    }
}

private struct EncodedFile {
    var bytes: [UInt8] = []
    var position = 0
}

private func writeFLAC(
    _: UnsafePointer<FLAC__StreamEncoder>?, buffer: UnsafePointer<FLAC__byte>?, count: Int, _: UInt32,
    _: UInt32,
    client: UnsafeMutableRawPointer?
) -> FLAC__StreamEncoderWriteStatus {
    guard let file = unsafe client?.assumingMemoryBound(to: EncodedFile.self) else {
        return FLAC__STREAM_ENCODER_WRITE_STATUS_FATAL_ERROR
    }
    let new = unsafe UnsafeBufferPointer(start: buffer, count: count)
    let start = unsafe file.pointee.position
    let end = unsafe min(start + count, file.pointee.bytes.count)
    unsafe file.pointee.bytes.replaceSubrange(start..<end, with: new)
    unsafe file.pointee.position = start + count
    return FLAC__STREAM_ENCODER_WRITE_STATUS_OK
}

private func rereadFLAC(
    _: UnsafePointer<FLAC__StreamEncoder>?, buffer: UnsafeMutablePointer<FLAC__byte>?,
    count: UnsafeMutablePointer<Int>?, client: UnsafeMutableRawPointer?
) -> FLAC__StreamEncoderReadStatus {
    guard let file = unsafe client?.assumingMemoryBound(to: EncodedFile.self), let buffer = unsafe buffer,
        let count = unsafe count
    else { return FLAC__STREAM_ENCODER_READ_STATUS_ABORT }
    let start = unsafe file.pointee.position
    let given = unsafe min(count.pointee, file.pointee.bytes.count - start)
    for i in 0..<given { unsafe buffer[i] = file.pointee.bytes[start + i] }
    unsafe count.pointee = given
    unsafe file.pointee.position = start + given
    return given == 0
        ? FLAC__STREAM_ENCODER_READ_STATUS_END_OF_STREAM : FLAC__STREAM_ENCODER_READ_STATUS_CONTINUE
}

private func seekFLAC(
    _: UnsafePointer<FLAC__StreamEncoder>?, offset: FLAC__uint64, client: UnsafeMutableRawPointer?
) -> FLAC__StreamEncoderSeekStatus {
    guard let file = unsafe client?.assumingMemoryBound(to: EncodedFile.self) else {
        return FLAC__STREAM_ENCODER_SEEK_STATUS_ERROR
    }
    unsafe file.pointee.position = Int(offset)
    return FLAC__STREAM_ENCODER_SEEK_STATUS_OK
}

private func tellFLAC(
    _: UnsafePointer<FLAC__StreamEncoder>?, offset: UnsafeMutablePointer<FLAC__uint64>?,
    client: UnsafeMutableRawPointer?
) -> FLAC__StreamEncoderTellStatus {
    guard let file = unsafe client?.assumingMemoryBound(to: EncodedFile.self), let offset = unsafe offset
    else {
        return FLAC__STREAM_ENCODER_TELL_STATUS_ERROR
    }
    unsafe offset.pointee = FLAC__uint64(file.pointee.position)
    return FLAC__STREAM_ENCODER_TELL_STATUS_OK
}
