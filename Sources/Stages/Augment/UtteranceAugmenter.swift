import Audio
import Pipeline

/// Applies draws to utterances, for one worker: speed, then room, then noise, then gain.
final class UtteranceAugmenter {
    /// The longest room known rings for about two minutes; an hour of noise would take gigabytes as one.
    static let longestResponse = 120

    private let noise: SoundLibrary?
    private let responses: SoundLibrary?
    private var speeds: [SpeedFactor: Changer] = [:]
    private var room: (number: Int, reverberation: Reverberation)?
    private var heard: [Float] = []
    private var changed: [Float] = []

    private final class Changer {
        var resampler: Resampler
        init(_ resampler: consuming Resampler) { self.resampler = resampler }
    }

    init(_ plan: AugmentationPlan, rate: Int) throws(AudioError) {
        noise = try UtteranceAugmenter.library(plan.noise, rate, longest: nil)
        responses = try UtteranceAugmenter.library(
            plan.responses, rate, longest: UtteranceAugmenter.longestResponse)
    }

    private static func library(
        _ folder: SoundFolder?, _ rate: Int, longest: Int?
    ) throws(AudioError) -> SoundLibrary? {
        guard let folder else { return nil }
        return try SoundLibrary(folder, rate: rate, longest: longest)
    }

    /// A copy, and what was done to it that its draw does not say.
    struct Copy {
        let waveform: [Float]
        /// Where in the noise it starts, in samples.
        var noiseStart = 0
        /// No noise was added, though some was drawn: what was to be added, or the utterance, is silent.
        var isNoiseSilent = false
    }

    /// The first `count` samples of `waveform` under a draw.
    func apply(
        _ draw: AugmentDraw, to waveform: [Float], count: Int
    ) throws(PipelineError) -> Copy {
        try change(waveform, count, draw.speed)
        if let number = draw.response { try reverberate(number) }
        var (start, isSilent) = (0, false)
        if let drawn = draw.noise, let sound = try noise?.waveform(drawn.sound) {
            start = min(Int(drawn.place * Double(sound.count)), sound.count - 1)
            isSilent = !Loudness.add(sound.span, from: start, to: &changed, ratio: drawn.ratio)
        }
        Loudness.amplify(&changed, by: draw.gain)
        return Copy(waveform: changed, noiseStart: start, isNoiseSilent: isSilent)
    }

    /// Fills `changed` with the waveform at another speed.
    private func change(_ waveform: [Float], _ count: Int, _ speed: SpeedFactor) throws(PipelineError) {
        guard speed != .one else {
            changed = Array(waveform[0..<count])
            return
        }
        do {
            let changer: Changer
            if let known = speeds[speed] {
                changer = known
            } else {
                changer = Changer(
                    try Resampler(method: .kaiser, from: speed.numerator, to: speed.denominator))
                speeds[speed] = changer
            }
            try changer.resampler.resample(waveform.span.extracting(0..<count), into: &changed)
        } catch {
            throw .worker(
                "a speed of \(speed.numerator)/\(speed.denominator) cannot be had: \(error.message)")
        }
    }

    private func reverberate(_ number: Int) throws(PipelineError) {
        if room?.number != number, let response = try responses?.waveform(number) {
            guard let made = Reverberation(response: response) else {
                throw .worker(
                    "impulse response \(responses?.name(number) ?? "") is silent; take it out of the folder")
            }
            room = (number, made)
        }
        guard let room else { return }
        swap(&heard, &changed)
        let dry = heard
        room.reverberation.apply(dry.span, into: &changed)
    }
}
