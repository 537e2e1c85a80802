import Audio

/// Brings decoded audio to one channel and the dataset's rate, for one worker. A converter is made once for every
/// rate that occurs.
final class RateConverter {
    private let parameters: ResampleParameters
    private var converters: [Int: Converter] = [:]
    private var mixed: [Float] = []
    /// The last waveform; only the first samples count, as many as `convert` returned.
    private(set) var waveform: [Float] = []

    private final class Converter {
        var resampler: Resampler
        init(_ resampler: consuming Resampler) { self.resampler = resampler }
    }

    init(_ parameters: ResampleParameters) { self.parameters = parameters }

    /// Whether the waveform is the decoded audio, sample for sample: then nothing is converted nor copied.
    func isIdentity(_ audio: borrowing DecodedAudio) -> Bool {
        audio.sampleRate == parameters.rate && audio.channelCount == 1
    }

    /// Converts into `waveform` and returns its length.
    func convert(_ audio: borrowing DecodedAudio) throws(AudioError) -> Int {
        if audio.sampleRate == parameters.rate {
            try mono(audio, policy: parameters.channels, into: &waveform)
            return waveform.count
        }
        let converter = try converter(from: audio.sampleRate)
        if audio.channelCount == 1 {
            let input = audio.samples
            try converter.resampler.resample(input.span.extracting(0..<audio.sampleCount), into: &waveform)
        } else {
            try mono(audio, policy: parameters.channels, into: &mixed)
            let input = mixed
            try converter.resampler.resample(input.span, into: &waveform)
        }
        return waveform.count
    }

    /// The length that `count` samples at `rate` come to; nil when the method does not convert that rate.
    func outputCount(_ count: Int, rate: Int) -> Int? {
        if rate == parameters.rate { return count }
        return try? converter(from: rate).resampler.outputCount(count)
    }

    private func converter(from rate: Int) throws(AudioError) -> Converter {
        if let known = converters[rate] { return known }
        let made = Converter(try Resampler(method: parameters.method, from: rate, to: parameters.rate))
        converters[rate] = made
        return made
    }
}
