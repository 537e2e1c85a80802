/// Powers and gains of waveforms. Sums run in double precision, sample by sample.
package enum Loudness {
    /// The mean of the squares; 0 for no samples.
    package static func power(_ waveform: Span<Float>) -> Double {
        var sum = 0.0
        for index in 0..<waveform.count { sum += Double(waveform[index]) * Double(waveform[index]) }
        return waveform.count > 0 ? sum / Double(waveform.count) : 0
    }

    /// Multiplies a waveform by a gain in dB. Samples may come to exceed 1: nothing is clipped.
    package static func amplify(_ waveform: inout [Float], by decibels: Double) {
        guard decibels != 0 else { return }
        let factor = Float(DecibelFactor.amplitude(decibels))
        for index in waveform.indices { waveform[index] *= factor }
    }

    /// Adds `noise`, from sample `start` on and from its beginning again where it ends, so loud that the waveform's power
    /// over that of the noise used is `ratio` dB. A silent waveform, or silent noise, is left alone.
    ///
    /// - Returns: whether anything was added.
    @discardableResult
    package static func add(
        _ noise: Span<Float>, from start: Int, to waveform: inout [Float], ratio: Double
    ) -> Bool {
        precondition(
            noise.count > 0 && (0..<noise.count).contains(start), "noise from \(start) of \(noise.count)")
        var sum = 0.0
        var place = start
        for _ in waveform.indices {
            sum += Double(noise[place]) * Double(noise[place])
            place = place + 1 < noise.count ? place + 1 : 0
        }
        let noisePower = sum / Double(max(waveform.count, 1))
        let power = power(waveform.span)
        guard noisePower > 0, power > 0 else { return false }
        // In double precision, where no factor overflows, however faint the noise was recorded.
        let factor = (power / noisePower / DecibelFactor.power(ratio)).squareRoot()
        place = start
        for index in waveform.indices {
            waveform[index] += Float(Double(noise[place]) * factor)
            place = place + 1 < noise.count ? place + 1 : 0
        }
        return true
    }
}
