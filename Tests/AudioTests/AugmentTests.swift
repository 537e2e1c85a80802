import Foundation
import Testing

@testable import Audio

@Suite("rooms, noise and speed") struct AugmentTests {
    private func noise(_ count: Int, seed: UInt64) -> [Float] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648
        }
    }

    private func convolved(_ waveform: [Float], _ response: [Float], from peak: Int) -> [Double] {
        var output = waveform.indices.map { index in
            var sum = 0.0
            for tap in response.indices
            where index + peak - tap >= 0 && index + peak - tap < waveform.count && tap >= peak {
                sum += Double(response[tap]) * Double(waveform[index + peak - tap])
            }
            return sum
        }
        let before = waveform.reduce(0.0) { $0 + Double($1) * Double($1) }
        let after = output.reduce(0.0) { $0 + $1 * $1 }
        for index in output.indices { output[index] *= (before / after).squareRoot() }
        return output
    }

    @Test("a room is the convolution with its response, as loud as before", arguments: [1, 50, 3000, 9000])
    func convolution(responseCount: Int) throws {
        let waveform = noise(7001, seed: 1)
        var response = noise(responseCount, seed: 2)
        for index in response.indices { response[index] *= Float(exp(-Double(index) / 500)) * 0.5 }
        response[0] = 1
        let room = try #require(Reverberation(response: response))
        var output: [Float] = []
        room.apply(waveform.span, into: &output)
        let expected = convolved(waveform, response, from: 0)
        let largest = expected.map { abs($0) }.max() ?? 0
        #expect(output.count == waveform.count)
        for index in output.indices { #expect(abs(Double(output[index]) - expected[index]) < 1e-6 * largest) }
    }

    @Test("a delayed direct path moves nothing, and a response used twice gives the same")
    func alignment() throws {
        let waveform = noise(20_000, seed: 3)
        let room = try #require(Reverberation(response: [0, 0, 0, -0.001, 0.8]))
        var output: [Float] = []
        room.apply(waveform.span, into: &output)
        #expect(zip(output, waveform).allSatisfy { abs($0 - $1) < 1e-6 })
        let first = output
        room.apply(waveform.span, into: &output)
        #expect(output == first)
        #expect(Reverberation(response: [0, 0]) == nil)
    }

    @Test(
        "noise is as far below the waveform as was asked, also where it begins again",
        arguments: [-5.0, 0, 17.5])
    func ratio(decibels: Double) {
        let clean = noise(16_000, seed: 4).map { $0 * 0.1 }
        var noisy = clean
        let sound = noise(3_333, seed: 5)
        Loudness.add(sound.span, from: 3_000, to: &noisy, ratio: decibels)
        let added = zip(noisy, clean).map { $0 - $1 }
        let measured = 10 * log10(Loudness.power(clean.span) / Loudness.power(added.span))
        #expect(abs(measured - decibels) < 1e-3)
        #expect(abs(added[333] * sound[3_100] - added[100] * sound[0]) < 1e-3)
    }

    @Test("silence stays silent, and silent noise changes nothing")
    func silence() {
        var waveform = [Float](repeating: 0, count: 100)
        Loudness.add(noise(10, seed: 1).span, from: 0, to: &waveform, ratio: 10)
        #expect(waveform.allSatisfy { $0 == 0 })
        waveform = noise(100, seed: 2)
        let before = waveform
        Loudness.add([Float](repeating: 0, count: 5).span, from: 0, to: &waveform, ratio: 10)
        #expect(waveform == before)
    }

    @Test("a gain of 6.02 dB doubles, and nothing is clipped")
    func gain() {
        var waveform: [Float] = [0.9, -0.25]
        Loudness.amplify(&waveform, by: 20 * log10(2))
        #expect(abs(waveform[0] - 1.8) < 1e-6 && abs(waveform[1] + 0.5) < 1e-6)
    }

    @Test("a speed of 11/10 makes 400 Hz 440 Hz, and ten eleventh as long")
    func speed() throws {
        let factor = SpeedFactor(22, 20)
        #expect(factor.numerator == 11 && factor.denominator == 10)
        let tone = (0..<16_000).map { Float(sin(2 * .pi * 400 * Double($0) / 16_000)) }
        var resampler = try Resampler(method: .kaiser, from: factor.numerator, to: factor.denominator)
        var output: [Float] = []
        try resampler.resample(tone.span, into: &output)
        #expect(output.count == 14_546)
        for index in 2000..<12_000 {
            #expect(abs(Double(output[index]) - sin(2 * .pi * 440 * Double(index) / 16_000)) < 1e-3)
        }
    }
}
