import Features
import TestSupport
import Testing

@Suite("fingerprints")
struct FingerprintTests {
    private func fingerprint(_ samples: [Float], rate: Int = 16_000) throws -> Fingerprint {
        var extractor = try FingerprintExtractor(FingerprintParameters(), sampleRate: rate)
        var found = Fingerprint()
        extractor.extract(samples.span, into: &found)
        return found
    }

    /// The share of bits in which codes differ, those of `b` laid `shift` later over `a`.
    private func mismatch(_ a: Fingerprint, _ b: Fingerprint, shift: Int = 0) -> Double {
        let count = min(a.codes.count - shift, b.codes.count)
        let differing = (0..<count).reduce(0) { $0 + (a.codes[shift + $1] ^ b.codes[$1]).nonzeroBitCount }
        return Double(differing) / Double(16 * count)
    }

    @Test("16 bits for every 16 ms but the last 0.35 s, none for less than that")
    func counts() throws {
        let windows = 1 + (48_000 - 512) / 256
        #expect(try fingerprint(Chatter(key: 1).samples(seconds: 3)).codes.count == windows - 22)
        #expect(try fingerprint(Chatter(key: 1).samples(seconds: 0.38)).codes.isEmpty)
        #expect(try fingerprint([]).codes.isEmpty)
        let landmarks = try fingerprint(Chatter(key: 1).samples(seconds: 3)).landmarks
        #expect((4...20).contains(landmarks.count))
        #expect(landmarks.map(\.frame) == landmarks.map(\.frame).sorted())
    }

    @Test("other loudness changes hardly a bit, another sample rate or place in time few")
    func robust() throws {
        let base = try fingerprint(Chatter(key: 1).samples(seconds: 3))
        let quiet = try fingerprint(Chatter(key: 1).samples(seconds: 3).map { $0 * 0.25 })
        #expect(quiet.codes == base.codes && quiet.landmarks == base.landmarks)
        for rate in [8_000, 22_050, 44_100, 48_000] {
            let other = try fingerprint(Chatter(key: 1).samples(seconds: 3, rate: rate), rate: rate)
            #expect(mismatch(base, other) < 0.08, "\(rate) Hz")
        }
        // Half a hop beside the grid is as bad as it gets.
        let later = try fingerprint(Chatter(key: 1).samples(seconds: 2.5, from: 0.376))
        #expect(min(mismatch(base, later, shift: 23), mismatch(base, later, shift: 24)) < 0.12)
        let telephone = throughTelephone(Chatter(key: 1).integers(seconds: 3)).map { Float($0) / 32_768 }
        #expect(try mismatch(base, fingerprint(telephone)) < 0.1)
    }

    @Test("other sounds differ in about half of their bits")
    func different() throws {
        let all = try (1...6).map { try fingerprint(Chatter(key: $0).samples(seconds: 3)) }
        for (number, one) in all.enumerated() {
            for other in all[..<number] { #expect((0.38...0.62).contains(mismatch(one, other))) }
        }
    }

    @Test("silence and a steady tone have no landmark")
    func still() throws {
        #expect(try fingerprint([Float](repeating: 0, count: 48_000)).landmarks.isEmpty)
        let tone = (0..<48_000).map { Float($0 % 16) / 16 - 0.5 }
        #expect(try fingerprint(tone).landmarks.isEmpty)
    }

    @Test("a rate that lacks the upper bands is not covered")
    func rates() {
        let parameters = FingerprintParameters()
        #expect(!parameters.covers(sampleRate: 4_000) && parameters.covers(sampleRate: 8_000))
    }

    @Test("the bits of a made-up sound are these on every CPU")
    func pinned() throws {
        // Of whole numbers, so that no other library's sine enters.
        var noise: UInt32 = 7
        let samples = (0..<16_000).map { index -> Float in
            noise = noise &* 1_664_525 &+ 1_013_904_223
            let swell = Float(abs(index % 3_000 - 1_500)) / 1_500
            return Float(Int32(bitPattern: noise) >> 16) / 32_768 * swell
        }
        let found = try fingerprint(samples)
        let folded = found.codes.reduce(UInt64(14_695_981_039_346_656_037)) {
            ($0 ^ UInt64($1)) &* 1_099_511_628_211
        }
        #expect(
            folded == 11_729_638_043_456_006_930,
            "as on the day they were first made; no other tool makes them")
    }
}
