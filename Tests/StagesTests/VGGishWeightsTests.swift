import ContentStore
import Features
import Testing

@testable import Stages

@Suite("VGGish weights") struct VGGishWeightsTests {
    /// Weights of one channel each, in a file.
    static func write(
        to folder: StageFolder, half: Bool, outputs: Int = 2
    ) throws -> (path: String, digest: Digest) {
        var tensors: [Tensor] = []
        func add(_ name: String, _ shape: [Int]) {
            let values = (0..<shape.reduce(1, *)).map { Float($0 % 5) / 4 - 0.25 }
            tensors.append(
                Tensor(name, shape: shape, half ? .float16(values.map(HalfPrecision.bits)) : .float32(values))
            )
        }
        for number in [0, 3, 6, 8, 11, 13] {
            add("features.\(number).weight", [1, 1, 3, 3])
            add("features.\(number).bias", [1])
        }
        for (number, width) in [(0, 24), (2, 2), (4, 2)] {
            let count = number == 4 ? outputs : 2
            add("embeddings.\(number).weight", [count, width])
            add("embeddings.\(number).bias", [count])
        }
        let store = try Store(root: folder.path + "/store")
        let staged = try store.stage(TensorFile(kind: "weights", tensors: tensors), keep: true)
        try store.publish([staged])
        return (try store.read(staged.artifact.digest).path, staged.artifact.digest)
    }

    @Test(
        "a file with the digest of the recipe gives the network, in half precision too",
        arguments: [false, true])
    func loads(half: Bool) throws {
        let folder = try StageFolder()
        let (path, digest) = try Self.write(to: folder, half: half)
        let network = try VGGishWeights.load(path: path, digest: digest, place: "made.yaml:3")
        #expect(network.embeddingCount == 2)
    }

    @Test("another file, or none, is refused in one sentence that offers the patches") func refused() throws {
        let folder = try StageFolder()
        let (path, digest) = try Self.write(to: folder, half: false)
        let other = try #require(Digest(hex: String(repeating: "ab", count: 32)))
        for (path, wanted) in [(path, other), (folder.path + "/none", digest)] {
            let error = try #require(throws: StageError.self) {
                _ = try VGGishWeights.load(path: path, digest: wanted, place: "made.yaml:3")
            }
            #expect(
                error.message.contains("made.yaml:3") && error.message.contains("features.dialect: vggish"))
        }
    }
}

@Suite("builds of embeddings") struct EmbeddingBuildTests {
    private static let patches = [
        "features=", "features.kind=fbank", "features.dialect=vggish", "features.mels=64", "frame.group=96",
        "pairs.count=4",
    ]

    @Test("a recipe with weights gives an embedding of each patch, as the network makes it of the patches")
    func build() async throws {
        let corpus = try StageCorpus()
        let (path, digest) = try VGGishWeightsTests.write(to: corpus.folder, half: false, outputs: 128)
        let settings =
            Self.patches + [
                "features.embed=vggish", "features.weights=\(path)", "features.weights-digest=\(digest.hex)",
            ]
        let embedded = try await corpus.build(set: settings)
        let plain = try await corpus.build(set: Self.patches, in: "plain")
        #expect(embedded.examples == plain.examples && embedded.examples > 0)
        let file = try #require(try corpus.result().open("features", "librispeech/11/110"))
        let inputs = try #require(try corpus.result("plain").open("features", "librispeech/11/110"))
        let rows = try #require(file.entries["features"]?.shape.first)
        #expect(file.entries["features"]?.shape == [rows, 128])
        var embedder = VGGishEmbedder(try VGGishWeights.load(path: path, digest: digest, place: "test"))
        var expected = [Float](repeating: 0, count: rows * 128)
        let patches = try inputs.floats("features", rows: 0..<rows)
        var span = expected.mutableSpan
        embedder.embed(patches.span, into: &span)
        #expect(try file.floats("features", rows: 0..<rows) == expected)
    }

    @Test("without weights the recipe says so in one sentence and offers the patches")
    func missing() {
        let settings =
            Self.patches.dropFirst().filter { !$0.hasPrefix("pairs") } + [
                "frame.length=", "features.embed=vggish",
            ]
        let complaint = RecipeFixture.complaint(RecipeFixture.short, set: Array(settings))
        #expect(
            complaint.contains("features.embed needs features.weights")
                && complaint.contains("log-mel patches"))
        let other = RecipeFixture.complaint(RecipeFixture.short, set: ["features.embed=vggish"])
        #expect(other.contains("takes VGGish's own patches"))
        let lone = RecipeFixture.complaint(RecipeFixture.short, set: ["features.weights=/x"])
        #expect(lone.contains("goes with features.embed"))
    }
}
