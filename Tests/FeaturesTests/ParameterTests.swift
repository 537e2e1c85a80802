import Features
import Foundation
import Testing

@Suite("parameters") struct ParameterTests {
    typealias Change = @Sendable (inout FbankParameters) -> Void

    static let refused: [(name: String, change: Change)] = [
        ("sampleRate", { $0.sampleRate = 0 }), ("windowSampleCount", { $0.windowSampleCount = 1 }),
        ("hopSampleCount", { $0.hopSampleCount = 0 }), ("fftSize", { $0.fftSize = 399 }),
        ("fftSize", { $0.fftSize = 1 << 21 }), ("melCount", { $0.melCount = 0 }),
        ("lowHz", { $0.lowHz = -1 }), ("lowHz", { $0.highHz = 8001 }), ("lowHz", { $0.lowHz = 8000 }),
        ("lowHz", { $0.lowHz = .nan }), ("preEmphasis", { $0.preEmphasis = 1.5 }),
        ("powerScale", { $0.powerScale = 0 }), ("scale", { $0.scale = .infinity }),
        ("logFloor", { $0.logFloor = 0 }), ("dither", { $0.dither = 1 }),
        ("energy", { $0.energy = true }),
        ("melNorm", { $0.melNorm = .slaney }),
        ("preEmphasisScope", { ($0.preEmphasisScope, $0.edges) = (.signal, .mirror) }),
    ]

    @Test("what cannot be computed is refused by the parameter's name", arguments: refused)
    func refusals(name: String, change: Change) {
        var parameters = GoldenTests.kaldi()
        change(&parameters)
        #expect { try parameters.validated() } throws: { "\($0)".contains(name) && "\($0)".hasSuffix(".") }
        #expect(throws: FeatureError.self) { _ = try FbankExtractor(parameters) }
    }

    @Test("the dialects are valid as they are, and survive being written and read") func dialects() throws {
        for parameters in LevelTests.cases {
            #expect(try parameters.validated() == parameters)
            let text = try JSONEncoder().encode(parameters)
            #expect(try JSONDecoder().decode(FbankParameters.self, from: text) == parameters)
        }
    }

    @Test(
        "the kaldi dialect takes the next power of two",
        arguments: [(100, 128), (400, 512), (512, 512), (513, 1024)])
    func powerOfTwo(window: Int, fftSize: Int) {
        let parameters = FbankParameters.kaldi(
            sampleRate: 16000, windowSampleCount: window, hopSampleCount: 10, melCount: 10)
        #expect(parameters.fftSize == fftSize)
    }

    @Test("every parameter that shapes the numbers changes them") func everyParameterCounts() throws {
        let original = bits(try features(of: GoldenSignal.samples, GoldenTests.kaldi()))
        let changes: [(inout FbankParameters) -> Void] = [
            { $0.sampleRate = 16001 }, { $0.windowSampleCount = 399 }, { $0.hopSampleCount = 161 },
            { $0.fftSize = 1024 }, { $0.window = .hamming }, { $0.window = .blackman },
            { $0.window = .hammingPeriodic }, { $0.preEmphasis = 0.96 }, { $0.preEmphasisScope = .signal },
            { $0.removeDC = false }, { $0.melCount = 63 }, { $0.lowHz = 21 }, { $0.highHz = 7999 },
            { $0.melFormula = .slaney }, { $0.filterShape = .linearHz }, { $0.filterShape = .roundedBins },
            { $0.powerScale = 2 }, { $0.log = false }, { $0.logFloor = 1e-3 },

            { $0.scale = 1 }, { $0.edges = .pad },
        ]
        let raised = try features(of: GoldenSignal.samples, GoldenTests.kaldi { $0.logFloor = 1e3 })
        let replaced = GoldenTests.kaldi { ($0.logFloor, $0.floorRule) = (1e3, .replaceZero) }
        #expect(raised != (try features(of: GoldenSignal.samples, replaced)))
        for (index, change) in changes.enumerated() {
            let changed = GoldenTests.kaldi(change)
            #expect(bits(try features(of: GoldenSignal.samples, changed)) != original, "change \(index)")
        }
    }
}
