import Foundation

/// A made-up sound that changes as speech does: twelve tones between 300 and 2900 Hz, each swelling and fading by its own
/// random levels, a new one every 90 ms. It is a function of time, so it exists at any sample rate.
package struct Chatter {
    private static let toneCount = 12
    private static let stepSeconds = 0.09
    private let key: UInt64

    /// Every key is another sound.
    package init(key: UInt64) { self.key = key }

    /// The sound from `start` on, at most ±0.5.
    package func samples(seconds: Double, from start: Double = 0, rate: Int = 16_000) -> [Float] {
        let tones = (0..<Self.toneCount).map { tone in
            2 * Double.pi * (310 + 220 * Double(tone) + 40 * random(tone, 1_000_000))
        }
        return (0..<Int(seconds * Double(rate))).map { index in
            let time = start + Double(index) / Double(rate)
            let step = Int(time / Self.stepSeconds)
            let part = time / Self.stepSeconds - Double(step)
            var sum = 0.0
            for (tone, frequency) in tones.enumerated() {
                let level = (1 - part) * level(tone, step) + part * level(tone, step + 1)
                sum += level * sin(frequency * time + Double(tone * tone))
            }
            return Float(sum / Double(2 * Self.toneCount))
        }
    }

    /// The same as 16-bit integers.
    package func integers(seconds: Double, from start: Double = 0, rate: Int = 16_000) -> [Int16] {
        samples(seconds: seconds, from: start, rate: rate).map { Int16(($0 * 32_767).rounded()) }
    }

    /// From 1 down to 40 dB less.
    private func level(_ tone: Int, _ step: Int) -> Double { pow(10, -2 * random(tone, step)) }

    private func random(_ tone: Int, _ step: Int) -> Double {
        var x = key &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(tone) &* 0xBF58_476D_1CE4_E5B9 &+ UInt64(step)
        x = (x ^ x >> 30) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ x >> 27) &* 0x94D0_49BB_1331_11EB
        return Double((x ^ x >> 31) >> 11) / 9_007_199_254_740_992
    }
}

/// µ-law of 8 bits and back, as G.711 does to a telephone call, by its formula.
package func throughTelephone(_ samples: [Int16]) -> [Int16] {
    samples.map { sample in
        let x = Double(sample) / 32_768
        let code = (log(1 + 255 * abs(x)) / log(256) * 127).rounded() / 127
        let y = (pow(256, code) - 1) / 255
        return Int16((x < 0 ? -y : y) * 32_767)
    }
}
