internal import CSndfile

/// libsndfile over memory, for every format that is not FLAC. Whoever calls has read the container's own
/// promise; this reads to the end and compares.
@safe struct SndfileReader: ~Copyable {
    private let source: UnsafeMutablePointer<SndfileSource>
    private var block: [Int32]
    private let sampleLimit: Int
    private let level: VectorLevel

    /// Values read at a time, all channels together.
    private static let blockSize = 1 << 14

    init(sampleLimit: Int, level: VectorLevel) {
        unsafe source = .allocate(capacity: 1)
        unsafe source.initialize(to: SndfileSource())
        block = [Int32](repeating: 0, count: Self.blockSize)
        (self.sampleLimit, self.level) = (sampleLimit, level)
    }

    deinit { unsafe source.deallocate() }

    mutating func decode(
        _ bytes: UnsafeRawBufferPointer, name: String, declaredSampleCount: Int?,
        into audio: inout DecodedAudio
    ) throws(AudioError) {
        audio.clear()
        unsafe source.pointee = SndfileSource(bytes: bytes, position: 0)
        defer { unsafe source.pointee = SndfileSource() }
        var info = SF_INFO()
        var io = unsafe SF_VIRTUAL_IO(
            get_filelen: lengthSndfile, seek: seekSndfile, read: readSndfile, write: writeSndfile,
            tell: tellSndfile)
        guard let file = unsafe sf_open_virtual(&io, Int32(SFM_READ), &info, source) else {
            throw AudioError(.corrupt, "libsndfile cannot read this \(name) file; its header is damaged.")
        }
        defer { unsafe sf_close(file) }
        try describe(info, name, &audio)
        if audio.isFloat {
            try unsafe readFloats(file, name, &audio)
        } else {
            try unsafe readIntegers(file, name, &audio)
        }
        guard unsafe sf_error(file) == 0 else {
            throw AudioError(
                .corrupt, "libsndfile met damage in this \(name) file after sample \(audio.sampleCount).")
        }
        // The container's promise where it makes one; for Ogg the last page's position, which libsndfile reports.
        audio.declaredSampleCount = declaredSampleCount ?? (name == "Ogg" ? Int(info.frames) : nil)
        try judge(audio, name)
    }

    private func describe(_ info: SF_INFO, _ name: String, _ audio: inout DecodedAudio) throws(AudioError) {
        let bits =
            switch Int(info.format) & Int(SF_FORMAT_SUBMASK) {
            case Int(SF_FORMAT_PCM_S8), Int(SF_FORMAT_PCM_U8): 8
            case Int(SF_FORMAT_PCM_16), Int(SF_FORMAT_ULAW), Int(SF_FORMAT_ALAW): 16
            case Int(SF_FORMAT_PCM_24): 24
            case Int(SF_FORMAT_PCM_32): 32
            case Int(SF_FORMAT_FLOAT), Int(SF_FORMAT_DOUBLE): -32
            case Int(SF_FORMAT_VORBIS), Int(SF_FORMAT_OPUS): -32
            default: 0
            }
        guard bits != 0 else {
            throw AudioError(
                .unsupported, "The encoding inside this \(name) file is not read; convert it to FLAC.")
        }
        guard info.channels > 0, info.channels <= 64, info.samplerate > 0 else {
            throw AudioError(
                .corrupt, "The \(name) header gives \(info.channels) channels at \(info.samplerate) Hz.")
        }
        (audio.isFloat, audio.bitsPerSample) = (bits < 0, abs(bits))
        (audio.channelCount, audio.sampleRate) = (Int(info.channels), Int(info.samplerate))
    }

    private mutating func readIntegers(
        _ file: OpaquePointer, _ name: String, _ audio: inout DecodedAudio
    ) throws(AudioError) {
        let frames = Self.blockSize / audio.channelCount
        let shift = 32 - audio.bitsPerSample
        while true {
            let count = unsafe block.withUnsafeMutableBufferPointer {
                unsafe Int(sf_readf_int(file, $0.baseAddress, sf_count_t(frames)))
            }
            if count <= 0 { return }
            try makeRoom(count, name, &audio)
            let stored = unsafe block.withUnsafeBufferPointer { block in
                unsafe audio.append(count, planeCount: 1, shift: shift, level: level) { _ in block.baseAddress
                }
            }
            precondition(stored, "a block of \(count) samples was not stored")
        }
    }

    private mutating func readFloats(
        _ file: OpaquePointer, _ name: String, _ audio: inout DecodedAudio
    ) throws(AudioError) {
        let frames = Self.blockSize / audio.channelCount
        while true {
            try makeRoom(frames, name, &audio)
            let start = audio.sampleCount * audio.channelCount
            let count = unsafe audio.samples.withUnsafeMutableBufferPointer {
                unsafe Int(sf_readf_float(file, $0.baseAddress.map { unsafe $0 + start }, sf_count_t(frames)))
            }
            if count <= 0 { break }
            audio.sampleCount += count
        }
        guard audio.isFinite else {
            throw AudioError(
                .notFinite, "The \(name) file has float samples that are infinite or not a number.")
        }
        audio.copyFloatsToPCM()
    }

    private func makeRoom(_ count: Int, _ name: String, _ audio: inout DecodedAudio) throws(AudioError) {
        guard (audio.sampleCount + count) * audio.channelCount <= sampleLimit + Self.blockSize else {
            throw AudioError(
                .tooLong,
                "The \(name) file holds more than the limit of \(sampleLimit) samples; cut the recording.")
        }
        audio.makeRoom(for: audio.sampleCount + count)
    }

    private func judge(_ audio: borrowing DecodedAudio, _ name: String) throws(AudioError) {
        let count = audio.sampleCount
        if let declared = audio.declaredSampleCount, declared != count {
            throw AudioError(
                count < declared ? .truncated : .lengthMismatch,
                "The \(name) file announces \(declared) samples per channel and \(count) could be decoded.")
        }
        guard count > 0 else { throw AudioError(.empty, "The \(name) file holds no samples.") }
    }

    static var libraryVersion: String { unsafe String(cString: sf_version_string()) }
}

extension DecodedAudio {
    /// Float sources: the canonical bytes are the floats themselves (little-endian, as on every CPU served).
    fileprivate mutating func copyFloatsToPCM() {
        let count = pcmByteCount
        unsafe samples.withUnsafeBytes { from in
            unsafe pcm.withUnsafeMutableBytes {
                unsafe $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: from[..<count]))
            }
        }
    }
}

/// The memory libsndfile reads as if it were a file.
@safe private struct SndfileSource {
    var bytes = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    var position = 0
}

private func lengthSndfile(_ client: UnsafeMutableRawPointer?) -> sf_count_t {
    unsafe sf_count_t(client?.assumingMemoryBound(to: SndfileSource.self).pointee.bytes.count ?? 0)
}

private func seekSndfile(_ offset: sf_count_t, _ whence: Int32, _ client: UnsafeMutableRawPointer?)
    -> sf_count_t
{
    guard let source = unsafe client?.assumingMemoryBound(to: SndfileSource.self) else { return -1 }
    let count = unsafe source.pointee.bytes.count
    let base = unsafe whence == SEEK_SET ? 0 : whence == SEEK_CUR ? source.pointee.position : count
    let (sum, overflow) = base.addingReportingOverflow(Int(offset))
    guard !overflow, sum >= 0 else { return -1 }
    unsafe source.pointee.position = min(sum, count)
    return unsafe sf_count_t(source.pointee.position)
}

private func readSndfile(
    _ target: UnsafeMutableRawPointer?, _ wanted: sf_count_t, _ client: UnsafeMutableRawPointer?
) -> sf_count_t {
    guard let source = unsafe client?.assumingMemoryBound(to: SndfileSource.self), let target = unsafe target,
        let base = unsafe source.pointee.bytes.baseAddress
    else { return 0 }
    let position = unsafe source.pointee.position
    let count = unsafe min(Int(wanted), source.pointee.bytes.count - position)
    guard count > 0 else { return 0 }
    unsafe target.copyMemory(from: base + position, byteCount: count)
    unsafe source.pointee.position = position + count
    return sf_count_t(count)
}

private func writeSndfile(_: UnsafeRawPointer?, _: sf_count_t, _: UnsafeMutableRawPointer?) -> sf_count_t {
    0
}

private func tellSndfile(_ client: UnsafeMutableRawPointer?) -> sf_count_t {
    unsafe sf_count_t(client?.assumingMemoryBound(to: SndfileSource.self).pointee.position ?? 0)
}
