/// The samples per channel that a WAV file's `data` chunk announces.
///
///     "RIFF" size "WAVE"  { id size payload, padded to an even length }…
///     "fmt " 16+  code:2 channels:2 rate:4 bytesPerSecond:4 bytesPerBlock:2 bits:2
///     "data" n    n bytes; RF64 and BW64 keep n in "ds64" and hold FFFFFFFF here
///
/// The chunks must tile the file to its end: a `data` chunk that runs past it is truncated, bytes after the
/// last chunk belong to nothing. The RIFF size itself is not consulted; too many writers leave it wrong. A
/// writer that could not seek back (a pipe) leaves FFFFFFFF, 7FFFFFFF or 7FFFF000: then everything to the
/// end of the file is audio and nothing was announced. The format must agree with itself, since one wrong
/// bit in the sample rate would change speech without a trace.
///
/// - Returns: nil if the length was left open.
func waveLength(_ bytes: RawSpan) throws(AudioError) -> Int? {
    let isBig = hasText("RIFX", bytes, at: 0)
    func field(_ offset: Int, _ count: Int) -> Int? {
        isBig ? bigEndian(bytes, at: offset, count: count) : littleEndian(bytes, at: offset, count: count)
    }
    var (offset, blockSize, longSize) = (12, 0, Int?.none)
    var announced: Int?
    while offset < bytes.byteCount {
        guard let size = field(offset + 4, 4), isChunkName(bytes, at: offset) else {
            throw AudioError(
                announced == nil ? .truncated : .lengthMismatch,
                "At byte \(offset) of the WAV file a chunk should begin and none does.")
        }
        var length = size
        if hasText("ds64", bytes, at: offset) { longSize = field(offset + 16, 8) }
        if hasText("fmt ", bytes, at: offset) { blockSize = try waveBlockSize(offset + 8, size, field) }
        if hasText("data", bytes, at: offset) {
            guard blockSize > 0, announced == nil else {
                throw AudioError(.corrupt, "The WAV file has its data chunk before its format, or twice.")
            }
            if let longSize, size == 0xFFFF_FFFF {
                length = longSize
            } else if [0xFFFF_FFFF, 0x7FFF_FFFF, 0x7FFF_F000].contains(size) {
                return nil
            }
            announced = length
        }
        guard length <= bytes.byteCount - offset - 8 else {
            throw AudioError(
                .truncated,
                "A chunk of the WAV file announces \(length) bytes and the file holds \(bytes.byteCount - offset - 8) of them."
            )
        }
        offset += 8 + length + length % 2
    }
    guard let announced else { throw AudioError(.truncated, "The WAV file has no data chunk.") }
    guard announced % blockSize == 0 else {
        throw AudioError(
            .lengthMismatch,
            "The WAV data chunk of \(announced) bytes is no multiple of \(blockSize)-byte samples.")
    }
    return announced / blockSize
}

/// Checks the `fmt ` chunk against itself and returns the bytes of one sample of all channels.
private func waveBlockSize(
    _ offset: Int, _ size: Int, _ field: (Int, Int) -> Int?
) throws(AudioError) -> Int {
    guard size >= 16, let code = field(offset, 2), let channels = field(offset + 2, 2),
        let rate = field(offset + 4, 4),
        let perSecond = field(offset + 8, 4), let perBlock = field(offset + 12, 2),
        let bits = field(offset + 14, 2)
    else { throw AudioError(.truncated, "The WAV format chunk is too short.") }
    let inner = code == 0xFFFE ? field(offset + 24, 2) ?? 0 : code
    guard [1, 3, 6, 7].contains(inner) else {
        throw AudioError(
            .unsupported,
            "WAV format code \(inner) is not read (only PCM, float, A-law and µ-law); convert the file to FLAC."
        )
    }
    guard channels > 0, rate > 0, perBlock == channels * ((bits + 7) / 8),
        perSecond == rate * perBlock || perSecond == 0
    else {
        throw AudioError(
            .corrupt,
            "The WAV header contradicts itself: \(channels) channels of \(bits) bits at \(rate) Hz, yet \(perBlock) bytes per sample and \(perSecond) per second."
        )
    }
    return perBlock
}

/// Chunk names are four printable ASCII characters.
private func isChunkName(_ bytes: RawSpan, at offset: Int) -> Bool {
    guard offset <= bytes.byteCount - 4 else { return false }
    return (offset..<offset + 4).allSatisfy { (0x20...0x7E).contains(byte(bytes, $0)) }
}
