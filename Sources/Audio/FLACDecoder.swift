internal import CFLAC

/// libFLAC's decoder, one object reused for every file. It reads from memory, in native or Ogg framing.
///
/// The library checks every frame's CRC; its own MD5 check stays off because it halves the speed: whoever
/// wants it hashes `DecodedAudio.pcm` and compares with `declaredMD5`. Nothing is concealed or resynchronized:
/// the first error of any kind ends the run, and so do a gap in the frame numbers, a frame that contradicts
/// STREAMINFO, an end before the announced count and bytes after the last frame that are no tag. (Where frames
/// are missing the library hands out silence and no error; see `FLACSession.reachFrameEnd`.)
@safe struct FLACDecoder: ~Copyable {
    private let decoder: UnsafeMutablePointer<FLAC__StreamDecoder>
    private let session: UnsafeMutablePointer<FLACSession>

    init(sampleLimit: Int, level: VectorLevel) throws(AudioError) {
        guard let decoder = unsafe FLAC__stream_decoder_new() else {
            throw AudioError(.libraryFailure, "libFLAC could not make a decoder; memory may be exhausted.")
        }
        unsafe self.decoder = decoder
        unsafe session = .allocate(capacity: 1)
        var first = FLACSession()
        (first.sampleLimit, first.level) = (sampleLimit, level)
        unsafe session.initialize(to: first)
    }

    deinit {
        unsafe FLAC__stream_decoder_delete(decoder)
        unsafe session.deinitialize(count: 1)
        unsafe session.deallocate()
    }

    /// Decodes a stream that starts with its magic (`fLaC`, or `OggS` with pages already verified).
    mutating func decode(
        _ bytes: UnsafeRawBufferPointer, isOgg: Bool, into audio: inout DecodedAudio
    ) throws(AudioError) {
        unsafe swap(&session.pointee.audio, &audio)
        unsafe session.pointee.begin(bytes)
        let ended = run(isOgg: isOgg)
        unsafe session.pointee.input = UnsafeRawBufferPointer(start: nil, count: 0)
        unsafe swap(&session.pointee.audio, &audio)
        let failure = unsafe session.pointee.failure
        let tail = unsafe bytes[session.pointee.frameEnd...]
        let trailer = unsafe isOgg ? Trailer.none : Trailer(UnsafeRawBufferPointer(rebasing: tail))
        if let failure, !(failure.isOfStream && Self.isHarmless(trailer, audio)) { throw failure }
        guard unsafe session.pointee.hasStreamInfo else {
            throw AudioError(.truncated, "The FLAC stream ends inside its metadata.")
        }
        guard ended || failure != nil else {
            throw AudioError(.libraryFailure, "libFLAC stopped before the end without naming an error.")
        }
        try Self.judge(audio, trailer: trailer)
    }

    /// Runs the library over the session's input. False if it stopped anywhere but at the end.
    private mutating func run(isOgg: Bool) -> Bool {
        let status =
            isOgg
            ? unsafe FLAC__stream_decoder_init_ogg_stream(
                decoder, readFLAC, nil, tellFLAC, nil, nil, writeFLAC, metadataFLAC, errorFLAC, session)
            : unsafe FLAC__stream_decoder_init_stream(
                decoder, readFLAC, nil, tellFLAC, nil, nil, writeFLAC, metadataFLAC, errorFLAC, session)
        guard status == FLAC__STREAM_DECODER_INIT_STATUS_OK else {
            unsafe session.pointee.fail(.unsupported, "libFLAC refuses to start (status \(status.rawValue)).")
            return false
        }
        var end: FLAC__uint64 = 0
        if unsafe FLAC__stream_decoder_process_until_end_of_metadata(decoder) != 0,
            unsafe FLAC__stream_decoder_get_state(decoder) == FLAC__STREAM_DECODER_SEARCH_FOR_FRAME_SYNC,
            unsafe FLAC__stream_decoder_get_decode_position(decoder, &end) != 0
        {
            unsafe session.pointee.frameEnd = Int(end)
        }
        _ = unsafe FLAC__stream_decoder_process_until_end_of_stream(decoder)
        let state = unsafe FLAC__stream_decoder_get_state(decoder)
        _ = unsafe FLAC__stream_decoder_finish(decoder)
        if state == FLAC__STREAM_DECODER_MEMORY_ALLOCATION_ERROR {
            unsafe session.pointee.fail(.libraryFailure, "libFLAC found no memory for a frame.")
        }
        return state == FLAC__STREAM_DECODER_END_OF_STREAM
    }

    /// Whether bytes after the last frame may be there although the library stumbled over them.
    private static func isHarmless(_ trailer: Trailer, _ audio: borrowing DecodedAudio) -> Bool {
        trailer == .tag || trailer == .zeros && audio.sampleCount == audio.declaredSampleCount
    }

    /// The library met no error; is it also all that was announced, and nothing else?
    private static func judge(_ audio: borrowing DecodedAudio, trailer: Trailer) throws(AudioError) {
        let count = audio.sampleCount
        if let declared = audio.declaredSampleCount {
            if count > declared || trailer == .frame && count == declared {
                throw AudioError(
                    .lengthMismatch,
                    "STREAMINFO announces \(declared) samples and the FLAC stream holds more.")
            }
            if count < declared {
                throw AudioError(
                    .truncated,
                    "The FLAC stream ends at sample \(count) of \(declared) that STREAMINFO announces.")
            }
            if trailer == .zeros { return }
        }
        switch trailer {
        case .none, .tag: break
        case .frame where audio.declaredSampleCount == nil:
            throw AudioError(.truncated, "The FLAC stream ends inside the frame after sample \(count).")
        case .other where count == 0:
            throw AudioError(.truncated, "The FLAC stream ends before its first whole frame.")
        case .zeros, .frame, .other:
            throw AudioError(
                .corrupt,
                "After the last FLAC frame (sample \(count)) come bytes that are neither frame nor tag.")
        }
        guard count > 0 else { throw AudioError(.empty, "The FLAC stream holds no samples.") }
    }

    static var libraryVersion: String { unsafe String(cString: flac_version()) }
}

/// What follows the last whole frame of a FLAC file. Some taggers append an ID3v1 tag and some transfers pad
/// with zeros; both leave the audio whole (zeros only if the announced count was reached, else they may
/// stand for what is missing). Anything else is damage.
private enum Trailer {
    case none, tag, zeros, frame, other

    init(_ bytes: UnsafeRawBufferPointer) {
        if unsafe bytes.isEmpty {
            self = .none
        } else if unsafe bytes.count == 128 && bytes.starts(with: [0x54, 0x41, 0x47]) {
            self = .tag
        } else if unsafe bytes.count >= 1 && bytes[0] == 0xFF && (bytes.count == 1 || bytes[1] & 0xFC == 0xF8)
        {
            self = .frame
        } else {
            self = unsafe bytes.allSatisfy { $0 == 0 } ? .zeros : .other
        }
    }
}

// The library's callbacks. Each returns at once when a failure has been noted, which ends the run.

private func readFLAC(
    _: UnsafePointer<FLAC__StreamDecoder>?, buffer: UnsafeMutablePointer<FLAC__byte>?,
    count: UnsafeMutablePointer<Int>?, client: UnsafeMutableRawPointer?
) -> FLAC__StreamDecoderReadStatus {
    guard let session = unsafe client?.assumingMemoryBound(to: FLACSession.self), let buffer = unsafe buffer,
        let count = unsafe count, unsafe session.pointee.failure == nil
    else { return FLAC__STREAM_DECODER_READ_STATUS_ABORT }
    let position = unsafe session.pointee.position
    let given = unsafe min(count.pointee, session.pointee.input.count - position)
    unsafe count.pointee = given
    if given <= 0 { unsafe session.pointee.sawEnd = true }
    guard given > 0, let base = unsafe session.pointee.input.baseAddress else {
        return FLAC__STREAM_DECODER_READ_STATUS_END_OF_STREAM
    }
    unsafe UnsafeMutableRawPointer(buffer).copyMemory(from: base + position, byteCount: given)
    unsafe session.pointee.position = position + given
    return FLAC__STREAM_DECODER_READ_STATUS_CONTINUE
}

private func tellFLAC(
    _: UnsafePointer<FLAC__StreamDecoder>?, offset: UnsafeMutablePointer<FLAC__uint64>?,
    client: UnsafeMutableRawPointer?
) -> FLAC__StreamDecoderTellStatus {
    guard let session = unsafe client?.assumingMemoryBound(to: FLACSession.self), let offset = unsafe offset
    else { return FLAC__STREAM_DECODER_TELL_STATUS_ERROR }
    unsafe offset.pointee = FLAC__uint64(session.pointee.position)
    return FLAC__STREAM_DECODER_TELL_STATUS_OK
}

private func metadataFLAC(
    decoder: UnsafePointer<FLAC__StreamDecoder>?, block: UnsafePointer<FLAC__StreamMetadata>?,
    client: UnsafeMutableRawPointer?
) {
    guard let session = unsafe client?.assumingMemoryBound(to: FLACSession.self), let block = unsafe block,
        unsafe block.pointee.type == FLAC__METADATA_TYPE_STREAMINFO
    else { return }
    let info = unsafe block.pointee.data.stream_info
    let md5 = unsafe withUnsafeBytes(of: info.md5sum) { unsafe [UInt8]($0) }
    unsafe session.pointee.takeStreamInfo(
        rate: Int(info.sample_rate), channels: Int(info.channels), bits: Int(info.bits_per_sample),
        total: info.total_samples, md5: md5)
}

private func writeFLAC(
    decoder: UnsafePointer<FLAC__StreamDecoder>?, frame: UnsafePointer<FLAC__Frame>?,
    planes: UnsafePointer<UnsafePointer<FLAC__int32>?>?, client: UnsafeMutableRawPointer?
) -> FLAC__StreamDecoderWriteStatus {
    guard let session = unsafe client?.assumingMemoryBound(to: FLACSession.self), let frame = unsafe frame,
        let planes = unsafe planes, unsafe session.pointee.failure == nil
    else { return FLAC__STREAM_DECODER_WRITE_STATUS_ABORT }
    var end: FLAC__uint64 = 0
    if unsafe FLAC__stream_decoder_get_decode_position(decoder, &end) != 0 {
        unsafe session.pointee.reachFrameEnd(Int(end))
    }
    let header = unsafe frame.pointee.header
    unsafe session.pointee.takeFrame(
        first: header.number.sample_number, count: Int(header.blocksize), rate: Int(header.sample_rate),
        channels: Int(header.channels), bits: Int(header.bits_per_sample)
    ) { unsafe planes[$0] }
    return unsafe session.pointee.failure == nil
        ? FLAC__STREAM_DECODER_WRITE_STATUS_CONTINUE : FLAC__STREAM_DECODER_WRITE_STATUS_ABORT
}

private func errorFLAC(
    decoder: UnsafePointer<FLAC__StreamDecoder>?, status: FLAC__StreamDecoderErrorStatus,
    client: UnsafeMutableRawPointer?
) {
    guard let session = unsafe client?.assumingMemoryBound(to: FLACSession.self) else { return }
    let what =
        switch status {
        case FLAC__STREAM_DECODER_ERROR_STATUS_LOST_SYNC: "no frame where one should begin"
        case FLAC__STREAM_DECODER_ERROR_STATUS_BAD_HEADER: "a damaged frame header"
        case FLAC__STREAM_DECODER_ERROR_STATUS_FRAME_CRC_MISMATCH: "a frame whose checksum is wrong"
        case FLAC__STREAM_DECODER_ERROR_STATUS_UNPARSEABLE_STREAM: "a frame that cannot be parsed"
        default: "damaged metadata"
        }
    let (count, end) = unsafe (session.pointee.audio.sampleCount, session.pointee.frameEnd)
    let isCut = unsafe session.pointee.sawEnd
    unsafe session.pointee.fail(
        isCut ? .truncated : .corrupt,
        "The FLAC stream \(isCut ? "ends" : "has \(what)") after sample \(count) (byte \(end)).")
}
