/// Walks the pages of an Ogg file and refuses it unless every one is whole.
///
///     "OggS" version:1 flags:1 granule:8 serial:4 sequence:4 crc:4 segmentCount:1 segmentSizes… payload
///
/// The libraries above Ogg skip a damaged page without a word, so nothing is left to them: each page's CRC
/// (polynomial 04C11DB7, over the page with its crc field zero) must fit, sequence numbers must count up from
/// 0, all pages must be of one stream, and the last must carry the end-of-stream flag (4) and end the file.
func verifyOggPages(_ bytes: RawSpan) throws(AudioError) {
    var (offset, sequence, serial, flags) = (0, 0, Int?.none, UInt8(0))
    while offset < bytes.byteCount {
        guard let end = oggPageEnd(bytes, offset) else {
            throw AudioError(.truncated, "The Ogg file ends inside page \(sequence).")
        }
        guard hasText("OggS", bytes, at: offset),
            littleEndian(bytes, at: offset + 22, count: 4) == oggChecksum(bytes, offset, end)
        else { throw AudioError(.corrupt, "Page \(sequence) of the Ogg file is damaged (byte \(offset)).") }
        let number = littleEndian(bytes, at: offset + 18, count: 4)
        guard number == sequence else {
            throw AudioError(.corrupt, "Page \(sequence) of the Ogg file is missing (byte \(offset)).")
        }
        let owner = littleEndian(bytes, at: offset + 14, count: 4)
        guard serial == nil || serial == owner, flags & 4 == 0 else {
            throw AudioError(.unsupported, "The Ogg file holds several streams; split it first.")
        }
        (serial, flags) = (owner, byte(bytes, offset + 5))
        (offset, sequence) = (end, sequence + 1)
    }
    guard flags & 4 != 0 else {
        throw AudioError(
            .truncated, "The Ogg file stops after \(sequence) pages without its end-of-stream mark.")
    }
}

/// Where the page at `offset` ends by its own segment table; nil if that is past the file.
private func oggPageEnd(_ bytes: RawSpan, _ offset: Int) -> Int? {
    guard bytes.byteCount - offset >= 27 else { return nil }
    let segments = Int(byte(bytes, offset + 26))
    guard bytes.byteCount - offset >= 27 + segments else { return nil }
    let payload = (0..<segments).reduce(0) { $0 + Int(byte(bytes, offset + 27 + $1)) }
    let end = offset + 27 + segments + payload
    return end <= bytes.byteCount ? end : nil
}

private func oggChecksum(_ bytes: RawSpan, _ offset: Int, _ end: Int) -> Int {
    var crc: UInt32 = 0
    for i in offset..<end {
        let value = (offset + 22..<offset + 26).contains(i) ? 0 : byte(bytes, i)
        crc = crc << 8 ^ oggTable[Int(UInt8(crc >> 24) ^ value)]
    }
    return Int(crc)
}

private let oggTable: [UInt32] = (0..<256).map { (index: UInt32) in
    (0..<8).reduce(index << 24) { crc, _ in crc & 0x8000_0000 == 0 ? crc << 1 : crc << 1 ^ 0x04C1_1DB7 }
}
