import Testing

@testable import Features

@Suite("Fourier transforms") struct TransformTests {
    /// Filters on every frequency, so that all bins show; frames shorter than, and as long as, the FFT.
    static func parameters(fftSize: Int, window: Int) -> FbankParameters {
        var parameters = FbankParameters.librosa(
            sampleRate: 16000, windowSampleCount: window, hopSampleCount: 160, melCount: min(fftSize / 4, 60),
            fftSize: fftSize)
        (parameters.edges, parameters.melFormula, parameters.melNorm) = (.snip, .htk, .none)
        return parameters
    }

    @Test("the kernel and FFTW agree within 1e-5", arguments: [64, 128, 256, 512, 1024, 2048, 4096])
    func agreement(fftSize: Int) throws {
        for window in [fftSize, fftSize - 1, fftSize * 3 / 4, fftSize / 2 + 1] {
            let parameters = Self.parameters(fftSize: fftSize, window: window)
            let kernel = try features(of: GoldenSignal.samples, parameters)
            let fftw = try features(of: GoldenSignal.samples, parameters, transform: .fftw)
            // Relative to the frame's largest energy: what a filter without energy shows is rounding.
            for start in stride(from: 0, to: kernel.count, by: parameters.melCount) {
                let frame = start..<start + parameters.melCount
                let scale = Double(fftw[frame].max() ?? 0)
                let difference = Difference(Array(kernel[frame]), fftw[frame].map(Double.init))
                #expect(difference.largest <= 1e-5 * scale, "window \(window)")
            }
        }
    }

    @Test(
        "FFTW's plans are scalar, so that their bits do not depend on the CPU",
        arguments: [100, 400, 512, 600, 1000])
    func scalarPlans(size: Int) throws {
        let plan = try FourierPlan(size: size)
        let text = plan.planDescription
        #expect(text.contains("rdft") || text.contains("dft"))
        for name in ["sse", "avx", "neon", "altivec", "vsx", "kcvi", "generic_simd"] {
            #expect(!text.contains(name), "\(text)")
        }
    }

    @Test("plans are made and destroyed from many tasks at once") func concurrentPlans() async throws {
        try await withThrowingTaskGroup(of: [Float].self) { group in
            for _ in 0..<32 {
                group.addTask {
                    try features(of: GoldenSignal.samples, GoldenTests.psf(fftSize: 400), frames: 0..<3)
                }
            }
            var all: [[UInt32]] = []
            for try await result in group { all.append(bits(result)) }
            #expect(all.allSatisfy { $0 == all[0] })
        }
    }

    @Test("FFTW's version enters a key only where FFTW computes") func versions() {
        #expect(libraryVersions(for: GoldenTests.psf()) == [:])
        let version = libraryVersions(for: GoldenTests.psf(fftSize: 400))["fftw"] ?? ""
        #expect(version.split(separator: ".").count == 3 && version.allSatisfy { $0.isNumber || $0 == "." })
        let large = FbankParameters.kaldi(
            sampleRate: 192_000, windowSampleCount: 4800, hopSampleCount: 1920, melCount: 64)
        #expect(libraryVersions(for: large).keys.sorted() == ["fftw"])
        let bins = MatrixParameters.spectrogram(SpectrogramParameters(GoldenTests.psf()))
        #expect(libraryVersions(for: bins).keys.sorted() == ["fftw"])
    }
}
