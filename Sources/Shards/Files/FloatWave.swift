/// A RIFF WAVE file of one channel of 32-bit floating-point samples: a waveform as it is, where FLAC would round it.
///
///     "RIFF" u32 size "WAVE" │ "fmt " u32 18, u16 3 (IEEE float), u16 1, u32 rate, u32 4·rate, u16 4, u16 32, u16 0
///     "fact" u32 4, u32 samples │ "data" u32 bytes, the samples
enum FloatWave {
    static let headByteCount = 58

    /// What stands before `sampleCount` samples.
    static func head(sampleCount: Int, sampleRate: Int) -> [UInt8] {
        let data = UInt32(4 * sampleCount)
        var head = Array("RIFF".utf8) + ByteText.little(data + UInt32(headByteCount - 8))
        head += Array("WAVEfmt ".utf8) + ByteText.little(UInt32(18)) + ByteText.little(UInt16(3))
        head += ByteText.little(UInt16(1)) + ByteText.little(UInt32(sampleRate))
        head += ByteText.little(UInt32(4 * sampleRate)) + ByteText.little(UInt16(4))
        head += ByteText.little(UInt16(32)) + ByteText.little(UInt16(0))
        head += Array("fact".utf8) + ByteText.little(UInt32(4)) + ByteText.little(UInt32(sampleCount))
        return head + Array("data".utf8) + ByteText.little(data)
    }
}
