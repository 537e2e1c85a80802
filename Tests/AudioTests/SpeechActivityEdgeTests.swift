import Testing

@testable import Audio

@Suite("speech at its edges") struct SpeechActivityEdgeTests {
    private static func parameters(hangover: Int, floor: Double = 70) -> SpeechActivityParameters {
        SpeechActivityParameters(
            windowSampleCount: 40, hopSampleCount: 16, thresholdDB: 20, floorDB: floor,
            hangoverFrameCount: hangover)
    }

    /// Stretches of loud and faint noise, as a number says.
    private static func patched(_ count: Int, seed: UInt64) -> [Float] {
        var state = seed
        var isLoud = false
        return (0..<count).map { index in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            if index % 61 == 0 { isLoud = state >> 60 < 4 }
            return Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648 * (isLoud ? 0.5 : 0.001)
        }
    }

    /// The same by the rules alone, with no thought for speed.
    private static func expected(_ waveform: [Float], hangover: Int) -> [Bool] {
        var levels: [Double] = []
        for start in stride(from: 0, through: max(waveform.count - 40, 0), by: 16) {
            let frame = waveform[start..<min(start + 40, waveform.count)].map { Double($0) }
            if frame.isEmpty { continue }
            let mean = frame.reduce(0, +) / Double(frame.count)
            levels.append(frame.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(frame.count))
        }
        guard !levels.isEmpty else { return [] }
        let loud = levels.sorted()[(levels.count - 1) * 95 / 100]
        let isLoud = levels.map { $0 >= loud * 0.01 && $0 >= 1e-7 }
        return isLoud.indices.map { index in
            isLoud[max(index - hangover, 0)...min(index + hangover, isLoud.count - 1)].contains(true)
        }
    }

    @Test(
        "frames, range and shares are what the rules say, and nothing of the waveform before is left",
        arguments: [0, 1, 3, 1000])
    func rules(hangover: Int) {
        var activity = SpeechActivity(Self.parameters(hangover: hangover))
        for (number, count) in [5000, 39, 40, 55, 56, 1, 0, 3001, 16, 700].enumerated() {
            let waveform = Self.patched(count, seed: UInt64(number + hangover))
            let frames = Self.expected(waveform, hangover: hangover)
            activity.analyze(waveform.span)
            #expect(Self.frames(of: activity) == frames)
            let first = frames.firstIndex(of: true)
            let last = frames.lastIndex(of: true)
            let range = activity.speechRange()
            let end = last == frames.count - 1 ? count : (last ?? 0) * 16 + 40
            #expect(range == first.map { $0 * 16..<end })
            for low in stride(from: 0, to: count, by: 37) {
                for length in [1, 16, 100, count] {
                    let share = Self.share(frames, in: low..<low + length)
                    #expect(activity.speechShare(in: low..<low + length) == share)
                }
            }
        }
    }

    /// The share of the frames that begin in a range, or where none does, whether the next one, or the last, is speech.
    private static func share(_ frames: [Bool], in range: Range<Int>) -> Double {
        let within = frames.indices.filter { range.contains($0 * 16) }
        let places = within.isEmpty ? [min((range.lowerBound + 15) / 16, frames.count - 1)] : within
        return Double(places.count { frames[$0] }) / Double(places.count)
    }

    private static func frames(of activity: SpeechActivity) -> [Bool] {
        (0..<activity.frameCount).map { activity.isSpeech(frame: $0) }
    }

    @Test(
        "no constant is speech, however large and however low the floor",
        arguments: [Float(0.1), 0.3, 1000, 1e-20])
    func constant(value: Float) {
        var activity = SpeechActivity(Self.parameters(hangover: 0, floor: 1000))
        let waveform = [Float](repeating: value, count: 4000)
        activity.analyze(waveform.span)
        #expect(activity.speechRange() == nil && activity.speechShare(in: 0..<4000) == 0)
    }

    @Test("an offset a million times as large moves no frame")
    func offset() {
        let waveform = Self.patched(20_000, seed: 3).map { ($0 * 1024).rounded() / 1024 }
        var activity = SpeechActivity(Self.parameters(hangover: 0))
        activity.analyze(waveform.span)
        let frames = Self.frames(of: activity)
        #expect(frames.contains(true) && frames.contains(false))
        let lifted = waveform.map { $0 + 512 }
        activity.analyze(lifted.span)
        #expect(Self.frames(of: activity) == frames)
    }
}
