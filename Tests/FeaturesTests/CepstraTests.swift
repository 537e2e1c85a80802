import TestSupport
import Testing

@testable import Features

/// Against the vectors of scripts/golden-features: SciPy 1.17.1's `fft.dct`. Sums reach 600, and are
/// added up in float: 2e-4 is 3e-7 of them.
@Suite("cosine transforms and derivatives") struct CepstraTests {
    @Test(
        "every type and norm of transform gives SciPy's numbers", arguments: [1, 2, 3],
        CosineTransform.Norm.allCases)
    func transforms(type: Int, norm: CosineTransform.Norm) throws {
        let input = try GoldenTests.golden("kaldi_fbank23_energy")
        let expected = try GoldenTests.golden("dct\(type)_\(norm.rawValue)")
        let width = input.shape[1]
        var parameters = MFCCParameters(
            fbank: GoldenTests.kaldi { $0.melCount = width }, coefficientCount: width, transformNorm: norm,
            lifter: 0, lifterForm: .kaldi, energy: nil, deltas: 0, deltaWindow: 2)
        parameters.transformType = type == 2 ? nil : type
        let rows = input.values.map { Float($0) }
        var output = [Float](repeating: -1, count: expected.values.count)
        var span = output.mutableSpan
        let transform = CosineTransform(try parameters.validated())
        for row in 0..<expected.shape[0] {
            transform.apply(rows.span, from: row * width, to: row * width, &span)
        }
        let difference = Difference(output, expected.values)
        #expect(difference.largest <= 2e-4, "\(difference)")
    }

    @Test(
        "types that are none, and type 1 of a single filter, are refused by name",
        arguments: [(0, 23), (4, 23), (1, 1)])
    func types(type: Int, filters: Int) {
        var parameters = MFCCParameters(
            fbank: GoldenTests.kaldi { $0.melCount = filters }, coefficientCount: 1, transformNorm: .ortho,
            lifter: 0, lifterForm: .kaldi, energy: nil, deltas: 0, deltaWindow: 2)
        parameters.transformType = type
        #expect { try parameters.validated() } throws: { "\($0)".contains("transformType is \(type)") }
    }

    /// The matrix of `frames` values with its derivatives.
    private func derived(_ values: [Float], order: Int, window: Int, _ form: Deltas.Form) -> [[Float]] {
        var matrix = values.flatMap { [$0] + [Float](repeating: -1, count: order) }
        var span = matrix.mutableSpan
        Deltas(order: order, window: window, form: form).apply(
            &span, frames: values.count, count: 1, width: order + 1)
        return (0...order).map { column in values.indices.map { matrix[$0 * (order + 1) + column] } }
    }

    @Test(
        "of fewer frames than the filter is long, librosa's derivatives are those of the parabola through them",
        arguments: 1...12)
    func short(frames: Int) {
        let values = (0..<frames).map { Float(3 * $0 * $0 + 2 * $0) }
        let columns = derived(values, order: 2, window: 4, .librosa)
        let slope = frames > 1 ? (0..<frames).map { _ in Float(3 * (frames - 1) + 2) } : [0]
        if frames < 9 { #expect(zip(columns[1], slope).allSatisfy { abs($0 - $1) < 1e-3 }) }
        #expect(columns[2].allSatisfy { abs($0 - (frames > 2 ? 6 : 0)) < 1e-3 })
    }

    @Test("the first and last frames stand beyond the ends, or the ends' own lines do") func ends() {
        let ramp = (0..<20).map { Float($0) }
        #expect(derived(ramp, order: 1, window: 4, .librosa)[1].allSatisfy { abs($0 - 1) < 1e-6 })
        let nearest = derived(ramp, order: 1, window: 4, .librosaNearest)[1]
        #expect(nearest[0] < 0.6 && nearest[19] < 0.6 && abs(nearest[10] - 1) < 1e-6)
        #expect(nearest == derived(ramp, order: 1, window: 4, .kaldi)[1])
    }
}
