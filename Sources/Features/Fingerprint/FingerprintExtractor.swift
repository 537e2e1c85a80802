/// Waveform → fingerprint, for one worker and one sample rate.
///
/// The same waveform gives the same bits on any CPU: band energies are the fbank kernel's, and what follows adds,
/// multiplies and divides in one order.
package struct FingerprintExtractor: ~Copyable {
    private let parameters: FingerprintParameters
    private var fbank: FbankExtractor
    /// Smoothed energies, [windows × bands].
    private var levels: [Float] = []
    /// How much each bit's bands moved against each other: 0 not at all, 1 as much as can be. [codes × bits].
    private var movements: [Float] = []
    /// Their mean, code by code.
    private var means: [Float] = []

    /// - Parameter sampleRate: one that `parameters` cover.
    package init(_ parameters: FingerprintParameters, sampleRate: Int) throws(FeatureError) {
        precondition(parameters.bandCount == 17, "a code has 16 bits, not \(parameters.bandCount - 1)")
        self.parameters = parameters
        func samples(_ milliseconds: Int) -> Int { (sampleRate * milliseconds + 500) / 1000 }
        var bands = FbankParameters.kaldi(
            sampleRate: sampleRate, windowSampleCount: samples(parameters.windowMilliseconds),
            hopSampleCount: samples(parameters.hopMilliseconds), melCount: parameters.bandCount)
        (bands.lowHz, bands.highHz) = (Double(parameters.lowHz), Double(parameters.highHz))
        (bands.window, bands.preEmphasis, bands.removeDC) = (.hannPeriodic, 0, false)
        (bands.log, bands.scale) = (false, 1)
        fbank = try FbankExtractor(bands)
    }

    /// Puts the fingerprint of a waveform (samples −1…1) into `fingerprint`; one that is too short has no codes.
    package mutating func extract(_ waveform: Span<Float>, into fingerprint: inout Fingerprint) {
        fingerprint.removeAll()
        let windows = fbank.frameCount(sampleCount: waveform.count)
        let codes = parameters.codeCount(windowCount: windows)
        guard codes > 0 else { return }
        // Buffers leave their places while spans of them are held.
        var (levels, movements, means) = ([Float](), [Float](), [Float]())
        swap(&levels, &self.levels)
        swap(&movements, &self.movements)
        swap(&means, &self.means)
        FingerprintExtractor.resize(&levels, to: windows * parameters.bandCount)
        var span = levels.mutableSpan
        fbank.extract(waveform, firstFrame: 0, frameCount: windows, into: &span)
        smooth(&span)
        FingerprintExtractor.resize(&movements, to: codes * (parameters.bandCount - 1))
        FingerprintExtractor.resize(&means, to: codes)
        compare(levels.span, codes, &movements, &means, into: &fingerprint)
        mark(means.span, movements.span, &fingerprint)
        swap(&levels, &self.levels)
        swap(&movements, &self.movements)
        swap(&means, &self.means)
    }

    private static func resize(_ values: inout [Float], to count: Int) {
        if values.count > count { values.removeLast(values.count - count) }
        if values.count < count { values.append(contentsOf: repeatElement(0, count: count - values.count)) }
    }

    /// Sums over `smoothing` windows, twice, by doubling; and lays a floor far under the loudest level.
    private func smooth(_ values: inout MutableSpan<Float>) {
        let width = parameters.bandCount
        var count = values.count
        for _ in 0..<2 {
            var step = 1
            while step < parameters.smoothing {
                count -= step * width
                for index in 0..<count { values[index] += values[index + step * width] }
                step *= 2
            }
        }
        var loudest: Float = 0
        for index in 0..<count where values[index] > loudest { loudest = values[index] }
        let floor = loudest * 1e-10
        for index in 0..<count { values[index] += floor }
    }

    private func compare(
        _ levels: Span<Float>, _ codes: Int, _ movements: inout [Float], _ means: inout [Float],
        into fingerprint: inout Fingerprint
    ) {
        let width = parameters.bandCount
        let bits = width - 1
        let reach = parameters.lag * width
        fingerprint.codes.reserveCapacity(codes)
        var movements = movements.mutableSpan
        var means = means.mutableSpan
        for code in 0..<codes {
            let now = code * width
            var word: UInt16 = 0
            var sum: Float = 0
            for bit in 0..<bits {
                let place = now + bit
                let grown = levels[place + reach + 1] * levels[place]
                let shrunk = levels[place + reach] * levels[place + 1]
                let difference = grown - shrunk
                let total = grown + shrunk
                if difference > 0 { word |= 1 << UInt16(bit) }
                let movement = total > 0 ? abs(difference) / total : 0
                movements[code * bits + bit] = movement
                sum += movement
            }
            means[code] = sum / Float(bits)
            fingerprint.codes.append(word)
        }
    }

    /// Landmarks are the codes that move most for some hops around.
    private func mark(_ means: Span<Float>, _ movements: Span<Float>, _ fingerprint: inout Fingerprint) {
        let radius = parameters.landmarkRadius
        let least = Float(parameters.leastMovementPercent) / 100
        let count = means.count
        guard count > 2 * max(radius, parameters.lag) else { return }
        for frame in radius..<(count - max(radius, parameters.lag)) {
            let mean = means[frame]
            guard mean >= least else { continue }
            var isLandmark = true
            for distance in 1...radius
            where means[frame - distance] >= mean || means[frame + distance] > mean {
                isLandmark = false
                break
            }
            if isLandmark {
                fingerprint.landmarks.append(
                    Fingerprint.Landmark(frame: UInt32(frame), weak: weakBits(of: frame, movements)))
            }
        }
    }

    /// The two bits of the key at `frame` whose bands moved least.
    private func weakBits(of frame: Int, _ movements: Span<Float>) -> UInt16 {
        let bits = parameters.bandCount - 1
        var (first, second) = (UInt16(0), UInt16(0))
        var (least, next) = (Float.infinity, Float.infinity)
        for (half, code) in [frame, frame + parameters.lag].enumerated() {
            for bit in 0..<bits {
                let movement = movements[code * bits + bit]
                let place = UInt16(half * bits + bit)
                if movement < least {
                    (second, next) = (first, least)
                    (first, least) = (place, movement)
                } else if movement < next {
                    (second, next) = (place, movement)
                }
            }
        }
        return second << 8 | first
    }
}
