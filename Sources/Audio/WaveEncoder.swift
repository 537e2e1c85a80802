/// Writes waveforms of one channel as RIFF WAVE files of 16 bits in memory: "RIFF" size "WAVE" "fmt " 16 … "data" size.
package enum WaveEncoder {
    /// `samples`, −1 … 1, rounded to 16 bits; what lies outside is clipped.
    package static func encode(_ samples: Span<Float>, sampleRate: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(44 + 2 * samples.count)
        func add(_ number: Int, _ width: Int) {
            for byte in 0..<width { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
        }
        bytes += "RIFF".utf8
        add(36 + 2 * samples.count, 4)
        bytes += "WAVEfmt ".utf8
        for (number, width) in [
            (16, 4), (1, 2), (1, 2), (sampleRate, 4), (2 * sampleRate, 4), (2, 2), (16, 2),
        ] {
            add(number, width)
        }
        bytes += "data".utf8
        add(2 * samples.count, 4)
        for index in 0..<samples.count {
            let value = (samples[index] * 32768).rounded(.toNearestOrEven)
            add(Int(min(max(value, -32768), 32767)), 2)
        }
        return bytes
    }
}
