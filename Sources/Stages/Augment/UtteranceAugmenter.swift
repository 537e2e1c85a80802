import Audio
import Pipeline

/// Applies draws to utterances, for one worker: speed, then room, then noise, then gain.
final class UtteranceAugmenter {
    private let rate: Int
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
        self.rate = rate
        noise = try UtteranceAugmenter.library(plan.noise, rate)
        responses = try UtteranceAugmenter.library(plan.responses, rate)
    }

    private static func library(_ folder: SoundFolder?, _ rate: Int) throws(AudioError) -> SoundLibrary? {
        guard let folder else { return nil }
        return try SoundLibrary(folder, rate: rate)
    }

    /// The first `count` samples of `waveform` under a draw, and where in the noise it starts.
    func apply(
        _ draw: AugmentDraw, to waveform: [Float], count: Int
    ) throws(PipelineError) -> (waveform: [Float], noiseStart: Int) {
        try change(waveform, count, draw.speed)
        if let number = draw.response { try reverberate(number) }
        var start = 0
        if let drawn = draw.noise, let sound = try noise?.waveform(drawn.sound) {
            start = min(Int(drawn.place * Double(sound.count)), sound.count - 1)
            Loudness.add(sound.span, from: start, to: &changed, ratio: drawn.ratio)
        }
        Loudness.amplify(&changed, by: draw.gain)
        return (changed, start)
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
