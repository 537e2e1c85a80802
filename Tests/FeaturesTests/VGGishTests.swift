import Features
import Testing

/// VGGish on small made weights, against PyTorch 2 in double precision (scripts/golden-vggish; versions in
/// Golden/vggish.json): at most 1e-4 of the largest value.
@Suite("VGGish") struct VGGishTests {
    @Test("embeddings are PyTorch's, with and without the last max(0, x)", arguments: CPULevel.available)
    func golden(level: CPULevel) throws {
        let expected = try GoldenTests.golden("vggish_small")
        let patches = VGGishFixture.patches(3)
        let raw = try VGGishFixture.small.network(rectifies: false, level: level).embeddings(patches)
        let rectified = try VGGishFixture.small.network(level: level).embeddings(patches)
        #expect(
            expected.shape == [3, 16] && expected.values.contains { $0 > 0 }
                && expected.values.contains { $0 < 0 })
        let largest = expected.values.map(abs).max() ?? 0
        for (index, value) in expected.values.enumerated() {
            #expect(abs(Double(raw[index]) - value) <= 1e-4 * largest)
            #expect(rectified[index] == max(raw[index], 0))
        }
    }

    @Test("postprocessed embeddings are PyTorch's whole numbers") func quantized() throws {
        let expected = try GoldenTests.golden("vggish_small_quantized")
        let actual = try VGGishFixture.small.network(postprocesses: true)
            .embeddings(VGGishFixture.patches(3))
        #expect(actual.map { Double($0) } == expected.values)
    }

    @Test("every level gives the same bits, alone or among others") func levels() throws {
        let patches = VGGishFixture.patches(19)
        let expected = try VGGishFixture.small.network(level: .base).embeddings(patches)
        for level in CPULevel.available {
            let network = try VGGishFixture.small.network(level: level)
            #expect(bits(network.embeddings(patches)) == bits(expected))
            let last = Array(patches.suffix(VGGishNetwork.patchCount))
            #expect(bits(network.embeddings(last)) == bits(Array(expected.suffix(16))))
        }
    }

    @Test(
        "weights of another shape, missing or broken are refused by name",
        arguments: [
            ("features.3.weight", [6, 5, 3, 3], "it needs [any, 4, 3, 3]"),
            ("features.0.bias", [5], "it needs [4]"),
            ("embeddings.0.weight", [32, 12], "it needs [any, 288]"),
            ("embeddings.4.bias", nil, "have no tensor"),
            ("pca_means", [15], "it needs [16]"),
            ("features.13.weight", [0, 10, 3, 3], "it needs [any, 10, 3, 3]"),
        ])
    func refused(name: String, shape: [Int]?, reason: String) throws {
        var fixture = VGGishFixture.small
        fixture.tensors[name] = shape.map { VGGishFixture.made($0, salt: 1, 1) }
        let error = try #require(throws: FeatureError.self) { _ = try fixture.network(postprocesses: true) }
        #expect(error.description.contains("'\(name)'") && error.description.contains(reason), "\(error)")
    }

    @Test("a weight that is no number is refused by name") func notFinite() throws {
        var fixture = VGGishFixture.small
        fixture.tensors["features.6.bias"] = VGGishTensor(shape: [8], values: [0, 1, 2, .nan, 4, 5, 6, 7])
        let error = try #require(throws: FeatureError.self) { _ = try fixture.network() }
        #expect(error.description.contains("'features.6.bias'"))
    }
}
