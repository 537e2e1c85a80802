import Foundation
import Testing

@testable import Audio

@Suite("where somebody speaks") struct SpeechActivityTests {
    private static func parameters(hangover: Int = 0) -> SpeechActivityParameters {
        SpeechActivityParameters(
            windowSampleCount: 400, hopSampleCount: 160, thresholdDB: 30, floorDB: 70,
            hangoverFrameCount: hangover)
    }

    /// Noise as loud as `level`, with bursts a hundred times louder.
    private static func bursts(_ ranges: [Range<Int>], count: Int, level: Float = 0.001) -> [Float] {
        var state: UInt64 = 9
        return (0..<count).map { index in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let noise = Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648
            return noise * level * (ranges.contains { $0.contains(index) } ? 100 : 1)
        }
    }

    private static func analyzed(_ waveform: [Float], hangover: Int = 0) -> SpeechActivity {
        var activity = SpeechActivity(parameters(hangover: hangover))
        activity.analyze(waveform.span)
        return activity
    }

    @Test(
        "bursts are found within a window, whatever the gain and the offset", arguments: [Float(1), 0.1],
        [Float(0), 0.3])
    func bursts(gain: Float, offset: Float) throws {
        let waveform = Self.bursts([8000..<16_000, 24_000..<32_000], count: 48_000).map { $0 * gain + offset }
        let activity = Self.analyzed(waveform)
        let range = try #require(activity.speechRange())
        #expect(abs(range.lowerBound - 8000) <= 400 && abs(range.upperBound - 32_000) <= 400)
        #expect(activity.speechShare(in: 0..<7000) == 0 && activity.speechShare(in: 8000..<15_800) == 1)
        #expect(abs(activity.speechShare(in: 8000..<24_000) - 0.5) < 0.05)
    }

    @Test("hangover reaches to both sides and closes short pauses")
    func hangover() throws {
        let waveform = Self.bursts([16_000..<20_000, 21_600..<26_000], count: 48_000)
        let activity = Self.analyzed(waveform, hangover: 10)
        let range = try #require(activity.speechRange())
        #expect(abs(range.lowerBound - 14_400) <= 400 && abs(range.upperBound - 27_600) <= 400)
        #expect(activity.speechShare(in: 16_000..<26_000) == 1)
    }

    @Test("silence, a constant and nothing at all are no speech; steady noise is all speech")
    func extremes() {
        #expect(Self.analyzed([Float](repeating: 0, count: 16_000)).speechRange() == nil)
        #expect(Self.analyzed([Float](repeating: 0.5, count: 16_000)).speechRange() == nil)
        #expect(Self.analyzed([]).speechRange() == nil && Self.analyzed([]).speechShare(in: 0..<10) == 0)
        #expect(Self.analyzed(Self.bursts([], count: 16_000, level: 0.1)).speechRange() == 0..<16_000)
        #expect(Self.analyzed(Self.bursts([], count: 100, level: 0.1)).speechRange() == 0..<100)
    }

    @Test("a click does not set the loud level")
    func click() throws {
        var waveform = Self.bursts([16_000..<40_000], count: 48_000, level: 0.0005)
        waveform[100] = 1
        waveform[101] = -1
        #expect(Self.analyzed(waveform).speechShare(in: 16_000..<39_000) == 1)
    }
}
