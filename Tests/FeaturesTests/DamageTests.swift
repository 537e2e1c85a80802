import Features
import Testing

@Suite("damaged input") struct DamageTests {
    static func frames(with value: Float, at index: Int, _ parameters: FbankParameters) throws -> Set<Int> {
        var waveform = GoldenSignal.samples
        waveform[index] = value
        let values = try features(of: waveform, parameters)
        let rows = stride(from: 0, to: values.count, by: parameters.melCount).map {
            values[$0..<$0 + parameters.melCount]
        }
        let damaged = Set(rows.indices.filter { row in rows[row].contains { !$0.isFinite } })
        for row in damaged { #expect(rows[row].allSatisfy { !$0.isFinite }, "row \(row) hides the damage") }
        return damaged
    }

    @Test(
        "a NaN shows in every coefficient of its frames, and in no other frame",
        arguments: [
            GoldenTests.kaldi(), GoldenTests.kaldi { $0.log = false }, GoldenTests.psf(fftSize: 400),
            GoldenTests.kaldi { $0.melCount = 30 },
        ])
    func notANumber(parameters: FbankParameters) throws {
        for index in [0, 2000, 5000, 8000] {
            let covering = (0..<51).filter { ($0 * 160..<$0 * 160 + 400).contains(index) }
            let count = frameCount(
                sampleCount: GoldenSignal.sampleCount, windowSampleCount: 400, hopSampleCount: 160,
                edges: parameters.edges)
            let expected = Set(covering.filter { $0 < count })
            #expect(try Self.frames(with: .nan, at: index, parameters).isSuperset(of: expected))
            #expect(try Self.frames(with: .nan, at: index, parameters).subtracting(expected).count <= 1)
        }
    }

    @Test("every NaN written has the same bits", arguments: CPULevel.available)
    func oneNaN(level: CPULevel) throws {
        var waveform = GoldenSignal.samples
        waveform[1000] = -Float.nan
        waveform[1001] = .infinity
        for normalized in [false, true] {
            let values = try features(of: waveform, GoldenTests.psf(), normalized: normalized, level: level)
            let odd = values.filter { $0.isNaN }
            #expect(!odd.isEmpty && odd.allSatisfy { $0.bitPattern == Float.nan.bitPattern })
        }
    }

    @Test("an infinity shows") func infinity() throws {
        #expect(try Self.frames(with: .infinity, at: 4000, GoldenTests.kaldi()).count == 3)
    }

    @Test("digital silence gives each dialect's floor") func silence() throws {
        let zeros = [Float](repeating: 0, count: 1000)
        #expect(try features(of: zeros, GoldenTests.kaldi()).allSatisfy { abs($0 + 15.942385) < 1e-5 })
        #expect(try features(of: zeros, GoldenTests.psf()).allSatisfy { abs($0 + 36.04365) < 1e-5 })
        #expect(
            try features(of: zeros, GoldenTests.psf { $0.log = false }).allSatisfy { $0 == 0x1p-52 })
    }
}
