import ContentStore

/// Made-up sounds and the files that hold them, in whole numbers: the same bytes on every machine.
enum StageSound {
    /// A triangle tone under noise; every key sounds different.
    static func samples(_ count: Int, key: UInt64) -> [Int16] {
        var noise = key &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
        let period = 50 + Int(key &* 31 % 97)
        var samples: [Int16] = []
        samples.reserveCapacity(count)
        for index in 0..<count {
            noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let phase = index % period
            let tone = abs(2 * phase - period) * 12_000 / period - 6_000
            samples.append(Int16(tone + Int(noise >> 53) - 1_024))
        }
        return samples
    }

    /// The amplitudes that a decoder makes of 16-bit samples.
    static func floats(_ samples: [Int16]) -> [Float] { samples.map { Float($0) / 32_768 } }

    /// A WAV file of 16-bit samples, channels interleaved; `chunk` is put between the format and the samples.
    static func wave(
        _ samples: [Int16], rate: Int = 16_000, channels: Int = 1, chunk: [UInt8] = [], announcing: Int? = nil
    ) -> [UInt8] {
        var data: [UInt8] = []
        data.reserveCapacity(samples.count * 2)
        for sample in samples {
            data.append(UInt8(truncatingIfNeeded: sample))
            data.append(UInt8(truncatingIfNeeded: sample >> 8))
        }
        return wave(
            data, code: 1, bits: 16, rate: rate, channels: channels, chunk: chunk,
            announcing: announcing ?? data.count)
    }

    /// A WAV file of 32-bit floats.
    static func wave(floats: [Float], rate: Int = 16_000) -> [UInt8] {
        let data = floats.flatMap { little(UInt64($0.bitPattern), 4) }
        return wave(data, code: 3, bits: 32, rate: rate, channels: 1, chunk: [], announcing: data.count)
    }

    /// A chunk of a WAV file: `LIST` with text in it, such as taggers write.
    static func tagChunk(_ text: String) -> [UInt8] {
        let padded = Array(text.utf8) + (text.utf8.count % 2 == 0 ? [] : [0])
        return Array("LIST".utf8) + little(UInt64(padded.count), 4) + padded
    }

    private static func wave(
        _ data: [UInt8], code: UInt64, bits: Int, rate: Int, channels: Int, chunk: [UInt8], announcing: Int
    ) -> [UInt8] {
        let block = channels * bits / 8
        var format = little(code, 2) + little(UInt64(channels), 2) + little(UInt64(rate), 4)
        format += little(UInt64(rate * block), 4) + little(UInt64(block), 2) + little(UInt64(bits), 2)
        let body =
            Array("WAVEfmt ".utf8) + little(16, 4) + format + chunk + Array("data".utf8)
            + little(UInt64(announcing), 4) + data
        return Array("RIFF".utf8) + little(UInt64(body.count), 4) + body
    }

    static func little(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
}
