/// Converts mono waveforms from one sample rate to another. One value serves one worker: the filters are made
/// once, the scratch is reused.
///
/// Output k lies at input time k · from / to (zero delay), the output has ceil(count · to / from) samples, and
/// beyond both ends the input counts as zero. Equal rates copy.
package struct Resampler: ~Copyable {
    private let from: Int
    private let to: Int
    // Whichever the method needs; neither copies every `step`-th sample, each of them if the rates are equal.
    private var kaiser: KaiserResampler?
    private var samplerate: SamplerateConverter?
    private var step: Int { from / to }

    /// - Parameters:
    ///   - from: samples per second of the input; `to`: of the output.
    ///   - level: the vector instructions to use; the bits do not depend on it.
    /// - Throws: `unsupported-rates` if the rates are not positive, if the ratio in lowest terms needs more
    ///   than a million coefficients (16000 → 15999), if `decimate` meets a ratio that is no whole number, or
    ///   beyond libsamplerate's limits.
    package init(
        method: ResampleMethod, from: Int, to: Int, level: VectorLevel = .current
    ) throws(AudioError) {
        precondition(level <= .current, "this CPU runs up to \(VectorLevel.current), not \(level)")
        guard from > 0, to > 0 else {
            throw AudioError(
                .unsupportedRates, "A sample rate is positive, but \(from) → \(to) Hz was asked for.")
        }
        if method == .decimate, from % to != 0 {
            throw AudioError(
                .unsupportedRates,
                "decimate keeps every M-th sample, and \(from) Hz is no multiple of \(to) Hz; use kaiser.")
        }
        self.init(
            from, to, try Self.kaiser(method, from, to, level), try Self.samplerate(method, from, to))
    }

    private init(
        _ from: Int, _ to: Int, _ kaiser: KaiserResampler?, _ samplerate: consuming SamplerateConverter?
    ) {
        (self.from, self.to) = (from, to)
        self.kaiser = kaiser
        self.samplerate = samplerate
    }

    private static func kaiser(
        _ method: ResampleMethod, _ from: Int, _ to: Int, _ level: VectorLevel
    ) throws(AudioError) -> KaiserResampler? {
        guard method == .kaiser, from != to else { return nil }
        if let resampler = KaiserResampler(from: from, to: to, level: level) { return resampler }
        throw AudioError(
            .unsupportedRates,
            "\(from) → \(to) Hz has no small whole-number ratio, so its filter would need more than \(FIRStage.tapLimit) coefficients; choose a rate with a simpler ratio or a sinc method."
        )
    }

    private static func samplerate(
        _ method: ResampleMethod, _ from: Int, _ to: Int
    ) throws(AudioError) -> SamplerateConverter? {
        switch method {
        case .kaiser, .decimate: nil
        case .sincBest, .sincMedium, .sincFastest:
            from == to ? nil : try SamplerateConverter(method, ratio: Double(to) / Double(from))
        }
    }

    /// Samples that `count` samples become: ceil(count · to / from).
    package func outputCount(_ count: Int) -> Int {
        let (product, overflow) = count.multipliedReportingOverflow(by: to)
        precondition(count >= 0 && !overflow, "\(count) samples at \(from) Hz cannot be counted at \(to) Hz")
        return product / from + (product % from == 0 ? 0 : 1)
    }

    /// Converts one whole waveform; `output` becomes exactly `outputCount` long and keeps its storage.
    ///
    /// - Throws: `library-failure` from libsamplerate only.
    package mutating func resample(_ input: Span<Float>, into output: inout [Float]) throws(AudioError) {
        let count = outputCount(input.count)
        if kaiser != nil {
            kaiser?.run(input, count: count, into: &output)
        } else if samplerate != nil {
            try samplerate?.run(input, count: count, into: &output)
        } else {
            resize(&output, to: count)
            var target = output.mutableSpan
            for i in 0..<count { target[i] = input[i * step] }
        }
    }

    /// The libraries whose version shapes the output: libsamplerate for the sinc methods, none otherwise.
    package var libraryVersions: [String: String] {
        samplerate == nil ? [:] : ["libsamplerate": SamplerateConverter.libraryVersion]
    }
}
