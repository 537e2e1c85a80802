/// Finds where in a waveform somebody speaks, for one worker; the storage is used again for the next waveform.
///
/// A frame's energy is its variance, so that a constant offset is no speech. Frames lie wholly in the waveform; what is
/// shorter than one is one frame.
package struct SpeechActivity {
    private let parameters: SpeechActivityParameters
    private var sampleCount = 0
    private var levels: [Double] = []
    private var sorted: [Double] = []
    private var isLoud: [Bool] = []
    /// How many of the first i frames are speech.
    private var before: [Int] = []

    package init(_ parameters: SpeechActivityParameters) { self.parameters = parameters }

    /// Looks through a waveform; what follows is about it.
    package mutating func analyze(_ waveform: Span<Float>) {
        sampleCount = waveform.count
        measure(waveform)
        sorted.removeAll(keepingCapacity: true)
        sorted.append(contentsOf: levels)
        sorted.sort()
        let loud = sorted.isEmpty ? 0 : sorted[(sorted.count - 1) * 95 / 100]
        let least = max(
            loud * DecibelFactor.power(-parameters.thresholdDB), DecibelFactor.power(-parameters.floorDB))
        isLoud.removeAll(keepingCapacity: true)
        for level in levels { isLoud.append(level >= least && level > 0) }
        extend()
    }

    private mutating func measure(_ waveform: Span<Float>) {
        levels.removeAll(keepingCapacity: true)
        let (window, hop) = (parameters.windowSampleCount, parameters.hopSampleCount)
        var start = 0
        while start == 0 || start + window <= waveform.count {
            let end = min(start + window, waveform.count)
            guard end > start else { return }
            var (sum, squares) = (0.0, 0.0)
            // From the first sample on: then no constant, however large, leaves a rest of rounding behind.
            let base = Double(waveform[start])
            for index in start..<end {
                let sample = Double(waveform[index]) - base
                sum += sample
                squares += sample * sample
            }
            let count = Double(end - start)
            levels.append(max(squares / count - sum / count * (sum / count), 0))
            start += hop
        }
    }

    /// Counts speech with its hangover on both sides.
    private mutating func extend() {
        before.removeAll(keepingCapacity: true)
        before.append(0)
        let reach = parameters.hangoverFrameCount
        // The next loud frame at or after each place, walking along.
        var last = -1
        var next = 0
        for index in isLoud.indices {
            if isLoud[index] { last = index }
            if next < index { next = index }
            while next < isLoud.count && !isLoud[next] { next += 1 }
            let isSpeech =
                (last >= 0 && index - last <= reach) || (next < isLoud.count && next - index <= reach)
            before.append((before.last ?? 0) + (isSpeech ? 1 : 0))
        }
    }

    package var frameCount: Int { before.count - 1 }

    package func isSpeech(frame: Int) -> Bool { before[frame + 1] > before[frame] }

    /// From the first sample of the first frame of speech to the last of the last; nil without any.
    package func speechRange() -> Range<Int>? {
        guard let first = (0..<max(frameCount, 0)).first(where: isSpeech),
            let last = (0..<frameCount).last(where: isSpeech)
        else { return nil }
        let end =
            last == frameCount - 1
            ? sampleCount : last * parameters.hopSampleCount + parameters.windowSampleCount
        return first * parameters.hopSampleCount..<min(end, sampleCount)
    }

    /// The share of the frames beginning in a range of samples that are speech, 0…1.
    package func speechShare(in range: Range<Int>) -> Double {
        guard frameCount > 0 else { return 0 }
        let hop = parameters.hopSampleCount
        let first = min((range.lowerBound + hop - 1) / hop, frameCount - 1)
        let end = max(first + 1, min((range.upperBound + hop - 1) / hop, frameCount))
        return Double(before[end] - before[first]) / Double(end - first)
    }
}
