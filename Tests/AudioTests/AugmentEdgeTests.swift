import Foundation
import Testing

@testable import Audio

@Suite("rooms, noise and gain at their edges") struct AugmentEdgeTests {
    /// Whole numbers and products alone: the same on every machine.
    private func noise(_ count: Int, seed: UInt64, scale: Float = 1) -> [Float] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648 * scale
        }
    }

    private func heard(_ waveform: [Float], in response: [Float]) throws -> [Float] {
        let room = try #require(Reverberation(response: response))
        var output: [Float] = [7, 7, 7]
        room.apply(waveform.span, into: &output)
        return output
    }

    @Test(
        "the ratio holds for noise of any loudness, to the faintest floats",
        arguments: [Float(1e-38), 1e-25, 1e-3, 1e15, 1e37], [-100.0, 0, 100])
    func faintAndLoud(scale: Float, decibels: Double) {
        let clean = [Float](repeating: 0.25, count: 4000)
        let sound = noise(1500, seed: 5, scale: scale)
        var noisy = clean
        let isAdded = Loudness.add(sound.span, from: 7, to: &noisy, ratio: decibels)
        #expect(isAdded && noisy.allSatisfy(\.isFinite))
        guard decibels < 50 else { return }
        let added = zip(noisy, clean).map { $0 - $1 }
        let measured = 10 * log10(Loudness.power(clean.span) / Loudness.power(added.span))
        #expect(abs(measured - decibels) < 1e-3)
    }

    @Test("noise of one sample, a waveform of one sample and none at all")
    func smallest() {
        func added(_ noise: [Float], to waveform: [Float]) -> (isAdded: Bool, waveform: [Float]) {
            var waveform = waveform
            let isAdded = Loudness.add(noise.span, from: 0, to: &waveform, ratio: 0)
            return (isAdded, waveform)
        }
        let one = added([-0.1], to: [0.5])
        #expect(one.isAdded && abs(one.waveform[0]) < 1e-7)
        #expect(added([0.1], to: []) == (false, []))
        #expect(added([0.1], to: [0, 0]) == (false, [0, 0]))
        let spoken = noise(50, seed: 1)
        #expect(added([Float](repeating: 0, count: 60) + noise(40, seed: 2), to: spoken) == (false, spoken))
    }

    @Test("a response's own loudness says nothing", arguments: [Float(1e-37), 1e-12, 1e12, 1e37])
    func responseScale(scale: Float) throws {
        let waveform = noise(3000, seed: 1)
        let response = noise(400, seed: 2)
        let usual = try heard(waveform, in: response)
        let scaled = try heard(waveform, in: response.map { $0 * scale })
        for (one, other) in zip(usual, scaled) { #expect(abs(one - other) < 2e-6) }
    }

    @Test(
        "where blocks meet, nothing is lost: a waveform of any length, the direct path anywhere",
        arguments: [0, 1, 2, 4046, 4047, 4048, 8094, 8095, 12_142], [0, 37])
    func blocks(count: Int, peak: Int) throws {
        let waveform = noise(count, seed: 3)
        var response = noise(50 + peak, seed: 4, scale: 0.3)
        response[peak] = -0.9
        let output = try heard(waveform, in: response)
        var expected = waveform.indices.map { index in
            (peak..<response.count).reduce(0.0) { sum, tap in
                let place = index - (tap - peak)
                return place >= 0 ? sum + Double(response[tap]) * Double(waveform[place]) : sum
            }
        }
        let before = waveform.reduce(0.0) { $0 + Double($1) * Double($1) }
        let after = expected.reduce(0.0) { $0 + $1 * $1 }
        if after > 0 { expected = expected.map { $0 * (before / after).squareRoot() } }
        #expect(output.count == count)
        for (one, other) in zip(output, expected) { #expect(abs(Double(one) - other) < 2e-6) }
    }

    @Test("a silent waveform stays silent in a room; of equal peaks the first is the direct path")
    func silence() throws {
        #expect(try heard([0, 0, 0], in: [1, 0.5]) == [0, 0, 0])
        let output = try heard([1, 0, 0, 0], in: [0, 0.5, -0.5])
        #expect(abs(output[0] - output[1] * -1) < 1e-6 && output[0] > 0.7)
    }

    @Test("factors of decibels are those of pow, to the last digits, and 0 dB is exactly 1")
    func decibels() {
        #expect(DecibelFactor.amplitude(0) == 1 && DecibelFactor.power(-0.0) == 1)
        for step in -4000...4000 {
            let decibels = Double(step) * 0.25 + 0.0625
            let amplitude = pow(10, decibels / 20)
            let power = pow(10, decibels / 10)
            #expect(abs(DecibelFactor.amplitude(decibels) - amplitude) <= 1e-15 * amplitude)
            #expect(abs(DecibelFactor.power(decibels) - power) <= 1e-15 * power)
        }
    }

    @Test("the transform is the sum it stands for, and its inverse takes it back", arguments: [2, 8, 64])
    func transform(size: Int) {
        let (realInput, imaginaryInput) = (noise(size, seed: 6), noise(size, seed: 7))
        var real = realInput.map { Double($0) }
        var imaginary = imaginaryInput.map { Double($0) }
        let block = FourierBlock(size: size)
        func run(inverse: Bool) {
            var realSpan = real.mutableSpan
            var imaginarySpan = imaginary.mutableSpan
            block.transform(&realSpan, &imaginarySpan, inverse: inverse)
        }
        run(inverse: false)
        for bin in 0..<size {
            var (sum, other) = (0.0, 0.0)
            for index in 0..<size {
                let angle = -2 * Double.pi * Double(bin * index % size) / Double(size)
                let (a, b) = (Double(realInput[index]), Double(imaginaryInput[index]))
                sum += a * cos(angle) - b * sin(angle)
                other += a * sin(angle) + b * cos(angle)
            }
            #expect(abs(real[bin] - sum) < 1e-13 && abs(imaginary[bin] - other) < 1e-13)
        }
        run(inverse: true)
        for index in 0..<size {
            #expect(abs(real[index] / Double(size) - Double(realInput[index])) < 1e-14)
            #expect(abs(imaginary[index] / Double(size) - Double(imaginaryInput[index])) < 1e-14)
        }
    }

    @Test("the bits are the same on every machine: room, noise and gain")
    func bits() throws {
        var response = noise(5000, seed: 8, scale: 0.2)
        for index in response.indices { response[index] /= Float(1 + index / 8) }
        response[3] = 1
        var waveform = try heard(noise(20_000, seed: 9, scale: 0.1), in: response)
        Loudness.add(noise(777, seed: 10).span, from: 300, to: &waveform, ratio: 7.3)
        Loudness.amplify(&waveform, by: -4.7)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for sample in waveform { hash = (hash ^ UInt64(sample.bitPattern)) &* 0x100_0000_01B3 }
        // FNV-1a over the samples' bit patterns, alike whichever vector instructions the C library is told to leave out
        // (glibc.cpu.hwcaps): its sine, cosine and power, whose last bits depend on them, are not used.
        #expect(hash == 8_969_587_634_057_585_252)
    }
}
