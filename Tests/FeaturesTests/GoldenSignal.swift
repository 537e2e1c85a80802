/// The signal of scripts/golden-features, by the same integer arithmetic: a rising parabolic tone under a sawtooth
/// envelope, noise of two levels, and 1000 samples of digital silence.
enum GoldenSignal {
    static let sampleCount = 8123

    static let integers: [Int] = {
        var values: [Int] = []
        var state = 12345
        var phase = 0
        for i in 0..<sampleCount {
            state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
            let noise = (state >> 16) - 32768
            phase = (phase + 20 + 3 * i) % 65536
            let p = phase - 32768
            let parabola = (p * (32768 - abs(p))) >> 14
            let tone = (parabola * ((i % 4096) >> 4)) >> 8
            values.append((3000..<4000).contains(i) ? 0 : tone + (noise >> (i < 6000 ? 6 : 13)))
        }
        return values
    }()

    /// −1…1.
    static let samples = integers.map { Float($0) / 32768 }
}
