/// Makes the bytes of WAV files, whole or wrong on purpose.
package struct WaveFile {
    package var sampleRate = 16000
    package var channelCount = 1
    package var bitsPerSample = 16
    package var isFloat = false
    /// The payload of the data chunk, channels interleaved, as WAV stores it.
    package var data: [UInt8]
    /// Written instead of the true byte count of the data chunk.
    package var announcedDataSize: Int?
    /// Whole chunks after the data chunk.
    package var trailer: [UInt8] = []

    /// 16-bit mono.
    package init(_ samples: [Int16], sampleRate: Int = 16000) {
        self.init(samples.map(Int32.init), bitsPerSample: 16, sampleRate: sampleRate)
    }

    /// Integers of 8, 16, 24 or 32 bits, channels interleaved; 8-bit ones are stored unsigned, as WAV has them.
    package init(_ samples: [Int32], bitsPerSample: Int, channelCount: Int = 1, sampleRate: Int = 16000) {
        let offset: Int32 = bitsPerSample == 8 ? 128 : 0
        data = samples.flatMap {
            Self.littleEndian(UInt64(UInt32(bitPattern: $0 + offset)), bitsPerSample / 8)
        }
        (self.bitsPerSample, self.channelCount, self.sampleRate) = (bitsPerSample, channelCount, sampleRate)
    }

    /// 32-bit floats, channels interleaved.
    package init(floats: [Float], channelCount: Int = 1, sampleRate: Int = 16000) {
        data = floats.flatMap { Self.littleEndian(UInt64($0.bitPattern), 4) }
        (self.channelCount, self.sampleRate) = (channelCount, sampleRate)
        (bitsPerSample, isFloat) = (32, true)
    }

    /// 64-bit floats, mono.
    package init(doubles: [Double], sampleRate: Int = 16000) {
        data = doubles.flatMap { Self.littleEndian($0.bitPattern, 8) }
        self.sampleRate = sampleRate
        (bitsPerSample, isFloat) = (64, true)
    }

    package var bytes: [UInt8] {
        let block = channelCount * bitsPerSample / 8
        var format = Self.littleEndian(isFloat ? 3 : 1, 2) + Self.littleEndian(UInt64(channelCount), 2)
        format += Self.littleEndian(UInt64(sampleRate), 4) + Self.littleEndian(UInt64(sampleRate * block), 4)
        format += Self.littleEndian(UInt64(block), 2) + Self.littleEndian(UInt64(bitsPerSample), 2)
        let size = Self.littleEndian(UInt64(announcedDataSize ?? data.count), 4)
        let padding: [UInt8] = data.count % 2 == 0 ? [] : [0]
        let chunks = Array("fmt ".utf8) + Self.littleEndian(16, 4) + format
        let sound = Array("data".utf8) + size + data + padding + trailer
        let riff = Array("RIFF".utf8) + Self.littleEndian(UInt64(4 + chunks.count + sound.count), 4)
        return riff + Array("WAVE".utf8) + chunks + sound
    }

    private static func littleEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
}
