import ContentStore

/// A FLAC file of 16-bit mono samples, written without an encoder: every frame holds its samples as they are.
///
///     "fLaC"  80 000022 STREAMINFO                  the only metadata block
///     FFF8 C? 08 number CRC-8 | 02 samples | CRC-16  frames of `blockSize` samples, the last one shorter
struct StageFlac {
    static let blockSize = 4_096

    let samples: [Int16]
    var rate = 16_000
    /// Written into STREAMINFO instead of the true MD5.
    var declaredMD5: [UInt8]?

    var bytes: [UInt8] {
        var bytes = Array("fLaC".utf8) + [0x80, 0, 0, 34] + streamInfo
        for (number, start) in stride(from: 0, to: samples.count, by: StageFlac.blockSize).enumerated() {
            let part = samples[start..<min(start + StageFlac.blockSize, samples.count)]
            bytes += frame(number, part)
        }
        return bytes
    }

    private var streamInfo: [UInt8] {
        let block = UInt64(StageFlac.blockSize)
        let rateAndMore = UInt64(rate) << 44 | 15 << 36 | UInt64(samples.count)
        return big(block, 2) + big(block, 2) + big(0, 3) + big(0, 3) + big(rateAndMore, 8) + md5
    }

    private var md5: [UInt8] {
        if let declaredMD5 { return declaredMD5 }
        var hasher = MD5Hasher()
        let pcm = samples.flatMap { StageSound.little(UInt64(UInt16(bitPattern: $0)), 2) }
        unsafe pcm.withUnsafeBytes { unsafe hasher.update($0) }
        return hasher.finish()
    }

    /// The rate is taken from STREAMINFO (code 0); the block size stands in 16 bits (code 7).
    private func frame(_ number: Int, _ part: ArraySlice<Int16>) -> [UInt8] {
        precondition(number < 128, "frame \(number): only numbers of one byte are written")
        var bytes: [UInt8] = [0xFF, 0xF8, 0x70, 0x08, UInt8(number)] + big(UInt64(part.count - 1), 2)
        bytes.append(UInt8(checksum(bytes, polynomial: 0x07, width: 8)))
        bytes.append(0x02)
        for sample in part { bytes += big(UInt64(UInt16(bitPattern: sample)), 2) }
        return bytes + big(UInt64(checksum(bytes, polynomial: 0x8005, width: 16)), 2)
    }

    private func checksum(_ bytes: [UInt8], polynomial: UInt32, width: UInt32) -> UInt32 {
        let top: UInt32 = 1 << (width - 1)
        var value: UInt32 = 0
        for byte in bytes {
            value ^= UInt32(byte) << (width - 8)
            for _ in 0..<8 { value = value & top == 0 ? value << 1 : value << 1 ^ polynomial }
            value &= top << 1 &- 1
        }
        return value
    }

    private func big(_ value: UInt64, _ count: Int) -> [UInt8] { StageSound.little(value, count).reversed() }
}
