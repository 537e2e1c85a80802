/// A room's impulse response, applied to waveforms by overlap-add: two blocks at once, one as the real and one as the
/// imaginary part of a transform, which a real response keeps apart.
///
/// The response's strongest sample, its direct path, counts as its start, so that speech does not move; what comes before
/// it and after the waveform's end is cut off; and the waveform keeps its RMS.
package final class Reverberation {
    private let transform: FourierBlock
    private let responseReal: [Double]
    private let responseImaginary: [Double]
    private let responseCount: Int
    /// Samples of the waveform in a block.
    private let step: Int
    private var real: [Double]
    private var imaginary: [Double]

    /// - Parameter response: at the rate of the waveforms; not silent.
    package init?(response: [Float]) {
        guard let peak = Reverberation.strongest(response) else { return nil }
        responseCount = response.count - peak
        var size = 4096
        while size < 2 * responseCount { size *= 2 }
        transform = FourierBlock(size: size)
        step = size - responseCount + 1
        real = Array(repeating: 0, count: size)
        imaginary = real
        // Its scale says nothing, as the waveform keeps its RMS; without it no response is too faint or too loud.
        let scale = 1 / abs(Double(response[peak]))
        for index in 0..<responseCount { real[index] = Double(response[peak + index]) * scale }
        Reverberation.run(transform, &real, &imaginary, inverse: false)
        (responseReal, responseImaginary) = (real, imaginary)
    }

    private static func strongest(_ response: [Float]) -> Int? {
        var best: (index: Int, magnitude: Float)?
        for index in 0..<response.count where abs(response[index]) > best?.magnitude ?? 0 {
            best = (index, abs(response[index]))
        }
        return best?.index
    }

    private static func run(
        _ transform: FourierBlock, _ real: inout [Double], _ imaginary: inout [Double], inverse: Bool
    ) {
        var realSpan = real.mutableSpan
        var imaginarySpan = imaginary.mutableSpan
        transform.transform(&realSpan, &imaginarySpan, inverse: inverse)
    }

    /// The waveform as it is heard in the room, in `output`, as long as it is.
    package func apply(_ waveform: Span<Float>, into output: inout [Float]) {
        output.removeAll(keepingCapacity: true)
        output.append(contentsOf: repeatElement(0, count: waveform.count))
        for start in stride(from: 0, to: waveform.count, by: 2 * step) {
            load(waveform, start)
            Reverberation.run(transform, &real, &imaginary, inverse: false)
            multiply()
            Reverberation.run(transform, &real, &imaginary, inverse: true)
            add(real, at: start, to: &output)
            add(imaginary, at: start + step, to: &output)
        }
        scale(&output, to: waveform)
    }

    private func load(_ waveform: Span<Float>, _ start: Int) {
        for index in real.indices {
            real[index] = sample(waveform, start, index)
            imaginary[index] = sample(waveform, start + step, index)
        }
    }

    private func sample(_ waveform: Span<Float>, _ start: Int, _ index: Int) -> Double {
        index < step && start + index < waveform.count ? Double(waveform[start + index]) : 0
    }

    private func multiply() {
        for index in real.indices {
            let (a, b) = (real[index], imaginary[index])
            real[index] = a * responseReal[index] - b * responseImaginary[index]
            imaginary[index] = a * responseImaginary[index] + b * responseReal[index]
        }
    }

    private func add(_ block: [Double], at start: Int, to output: inout [Float]) {
        let factor = 1 / Double(transform.size)
        let end = min(start + transform.size, output.count)
        for index in start..<max(start, end) { output[index] += Float(block[index - start] * factor) }
    }

    private func scale(_ output: inout [Float], to waveform: Span<Float>) {
        let heard = Loudness.power(output.span)
        guard heard > 0 else { return }
        let factor = Float((Loudness.power(waveform) / heard).squareRoot())
        for index in output.indices { output[index] *= factor }
    }
}
