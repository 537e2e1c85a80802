/// The samples per channel that an AIFF or AIFF-C file announces.
///
///     "FORM" size "AIFF"  { id size payload, padded to an even length }…   all big-endian
///     "COMM" channels:2 sampleCount:4 bits:2 rate:10 [compression:4 …]
///     "SSND" offset:4 blockSize:4 samples
///
/// The chunks must tile the file to its end.
func aiffLength(_ bytes: RawSpan) throws(AudioError) -> Int? {
    var (offset, declared, hasSound) = (12, Int?.none, false)
    while offset < bytes.byteCount {
        guard let size = bigEndian(bytes, at: offset + 4, count: 4), size <= bytes.byteCount - offset - 8
        else {
            throw AudioError(.truncated, "The chunk at byte \(offset) of the AIFF file runs past its end.")
        }
        if hasText("COMM", bytes, at: offset) { declared = bigEndian(bytes, at: offset + 10, count: 4) }
        if hasText("SSND", bytes, at: offset) { hasSound = true }
        offset += 8 + size + size % 2
    }
    guard let declared, hasSound || declared == 0 else {
        throw AudioError(.truncated, "The AIFF file lacks its COMM or SSND chunk.")
    }
    return declared
}

/// The samples per channel that an AU file announces; nil if its writer left FFFFFFFF.
///
///     ".snd" dataOffset:4 dataSize:4 encoding:4 rate:4 channels:4      all big-endian
///
/// Encodings: 1 µ-law, 2 to 5 integers of 1 to 4 bytes, 6 and 7 floats, 27 A-law.
func auLength(_ bytes: RawSpan) throws(AudioError) -> Int? {
    guard let start = bigEndian(bytes, at: 4, count: 4), let size = bigEndian(bytes, at: 8, count: 4),
        let encoding = bigEndian(bytes, at: 12, count: 4), let channels = bigEndian(bytes, at: 20, count: 4)
    else { throw AudioError(.truncated, "The AU file ends inside its header.") }
    let widths = [1: 1, 2: 1, 3: 2, 4: 3, 5: 4, 6: 4, 7: 8, 27: 1]
    guard let width = widths[encoding] else {
        throw AudioError(.unsupported, "AU encoding \(encoding) is not read; convert the file to FLAC.")
    }
    guard channels > 0 else { throw AudioError(.corrupt, "The AU file has no channels.") }
    if size == 0xFFFF_FFFF { return nil }
    guard start + size <= bytes.byteCount else {
        throw AudioError(
            .truncated,
            "The AU file announces \(size) bytes of audio and holds \(max(0, bytes.byteCount - start)).")
    }
    guard size % (width * channels) == 0, start + size == bytes.byteCount else {
        throw AudioError(
            .lengthMismatch,
            "The AU file's \(bytes.byteCount - start) bytes of audio are not the \(size) announced.")
    }
    return size / (width * channels)
}

/// The samples per channel that a NIST SPHERE header announces.
///
///     NIST_1A\n   1024\nchannel_count -i 1\nsample_count -i 93680\nsample_n_bytes -i 2\n…end_head\n
func sphereLength(_ bytes: RawSpan) throws(AudioError) -> Int? {
    var head = ""
    for i in 0..<min(1024, bytes.byteCount) { head.unicodeScalars.append(Unicode.Scalar(byte(bytes, i))) }
    func value(_ key: String) -> Int? {
        let line = head.split(separator: "\n").first { $0.hasPrefix(key + " -i ") }
        return line.flatMap { Int($0.dropFirst(key.count + 4)) }
    }
    guard let size = head.split(separator: "\n").dropFirst().first.flatMap({ Int($0.drop { $0 == " " }) }),
        let count = value("sample_count"), let width = value("sample_n_bytes"), (1...8).contains(width),
        count >= 0
    else { throw AudioError(.corrupt, "The SPHERE header lacks its size, sample_count or sample_n_bytes.") }
    let (bytesOfAudio, overflow) = count.multipliedReportingOverflow(
        by: width * max(1, value("channel_count") ?? 1))
    guard !overflow, bytesOfAudio <= bytes.byteCount - size else {
        throw AudioError(
            .truncated,
            "The SPHERE header announces \(count) samples and the file holds \(max(0, bytes.byteCount - size)) bytes of audio."
        )
    }
    return count
}
