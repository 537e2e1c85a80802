import ContentStore
import Features
import Testing

@testable import Stages

@Suite("VGGish weights") struct VGGishWeightsTests {
    /// Weights of one channel each, in a file.
    static func write(to folder: StageFolder, half: Bool) throws -> (path: String, digest: Digest) {
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
            add("embeddings.\(number).weight", [2, width])
            add("embeddings.\(number).bias", [2])
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
