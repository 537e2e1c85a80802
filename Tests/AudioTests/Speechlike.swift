/// Test signals: a few tones under a slow envelope with a little noise, from a fixed generator.
enum Speechlike {
    static func samples(_ count: Int, seed: UInt64 = 1) -> [Int16] {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        return (0..<count).map { i in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let noise = Double(Int32(truncatingIfNeeded: state >> 33)) / 4e9
            let t = Double(i)
            let tones = sine(t * 0.031) + 0.5 * sine(t * 0.173 + 1) + 0.2 * sine(t * 0.611 + 2)
            return Int16((8000 * (tones + noise) * (0.6 + 0.4 * sine(t * 0.0007))).rounded())
        }
    }

    static func floats(_ count: Int, seed: UInt64 = 1) -> [Float] {
        samples(count, seed: seed).map { Float($0) / 32768 }
    }
}
