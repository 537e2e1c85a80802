import Audio
import Features

/// A range of samples of a waveform that makes one example; `length` counts real samples, and is less than the
/// example's where the tail policy completes it.
struct Cut: Equatable {
    let start: Int
    let length: Int
}

/// The part of a waveform that examples are made of, and the examples.
struct ExampleRanges {
    let usable: Range<Int>
    let cuts: [Cut]
}

/// Where the examples of a waveform lie. Ranges only: no audio is copied.
struct ExampleCutter {
    let parameters: FrameParameters

    /// Samples of one whole example, or nil when an example is a whole utterance.
    ///
    /// A group of frames reaches from the start of its first window to the end of its last.
    var exampleLength: Int? {
        if let group = parameters.group { return (group - 1) * parameters.hop + parameters.window }
        return parameters.length
    }

    /// Frames of one whole example, or nil when an example is a whole utterance.
    var framesPerExample: Int? {
        parameters.group
            ?? parameters.length.map {
                frameCount(
                    sampleCount: $0, windowSampleCount: parameters.window, hopSampleCount: parameters.hop,
                    edges: parameters.edges)
            }
    }

    /// The part of a waveform of `sampleCount` samples that is left after trimming; empty when it is too short.
    func usable(_ sampleCount: Int) -> Range<Int> {
        guard sampleCount >= parameters.minimum, sampleCount > 2 * parameters.trim else {
            return parameters.trim..<parameters.trim
        }
        return parameters.trim..<(sampleCount - parameters.trim)
    }

    /// The part of a waveform that is used, and its examples in order. Speech is that of the utterance, which a copy
    /// `speed` times as fast shares with it.
    func ranges(_ sampleCount: Int, speech: SpeechActivity?, speed: Double = 1) -> ExampleRanges {
        var range = usable(sampleCount)
        guard let speech, let rule = parameters.activity else {
            return ExampleRanges(usable: range, cuts: cuts(in: range))
        }
        switch rule.mode {
        case .trim:
            let heard = speech.speechRange() ?? 0..<0
            let low = Int(Double(heard.lowerBound) / speed)
            let high = min(Int(Double(heard.upperBound) / speed), sampleCount)
            range = range.clamped(to: min(low, high)..<high)
            return ExampleRanges(usable: range, cuts: cuts(in: range))
        case .drop:
            let spoken = allCuts(in: range).filter { cut in
                let start = Int(Double(cut.start) * speed)
                let end = Int(Double(cut.start + cut.length) * speed)
                return speech.speechShare(in: start..<end) * 1_000_000 >= Double(rule.leastShare)
            }
            return ExampleRanges(
                usable: range, cuts: parameters.perUtterance.map { Array(spoken.prefix($0)) } ?? spoken)
        }
    }

    /// The examples of a waveform of `sampleCount` samples, in order.
    func cuts(_ sampleCount: Int) -> [Cut] { cuts(in: usable(sampleCount)) }

    /// The examples of a part of a waveform, in order.
    func cuts(in range: Range<Int>) -> [Cut] {
        let all = allCuts(in: range)
        return parameters.perUtterance.map { Array(all.prefix($0)) } ?? all
    }

    private func allCuts(in range: Range<Int>) -> [Cut] {
        guard !range.isEmpty else { return [] }
        if parameters.group != nil { return groups(in: range) }
        guard let length = parameters.length, let every = parameters.every else {
            // Shorter than one window, it would be an example without a frame.
            return frames(in: range) > 0 ? [Cut(start: range.lowerBound, length: range.count)] : []
        }
        var cuts: [Cut] = []
        var start = range.lowerBound
        while parameters.limit == .inclusive
            ? start + length <= range.upperBound : start + length < range.upperBound
        {
            cuts.append(Cut(start: start, length: length))
            start += every
        }
        let covered = cuts.last.map { $0.start + $0.length } ?? range.lowerBound
        if parameters.tail != .drop && covered < range.upperBound && start < range.upperBound {
            cuts.append(Cut(start: start, length: min(length, range.upperBound - start)))
        }
        return cuts
    }

    /// Frames of the usable part, as the toolkit's edge rule counts them.
    func frames(in range: Range<Int>) -> Int {
        frameCount(
            sampleCount: range.count, windowSampleCount: parameters.window, hopSampleCount: parameters.hop,
            edges: parameters.edges)
    }

    private func groups(in range: Range<Int>) -> [Cut] {
        guard let group = parameters.group, let length = exampleLength else { return [] }
        let frames = frames(in: range)
        let count = parameters.tail == .drop ? frames / group : (frames + group - 1) / group
        return (0..<count).map { index in
            let start = range.lowerBound + index * group * parameters.hop
            return Cut(start: start, length: max(0, min(length, range.upperBound - start)))
        }
    }
}
