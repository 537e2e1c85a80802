import Testing
import Torch

/// A build without the trait Torch: everything is there, and says what to do.
@Suite(.enabled(if: !LibTorch.isAvailable, "built with libtorch"))
struct WithoutTorchTests {
    static let sentence =
        "built without libtorch; install it by scripts/setup --with-torch and build with: swift build --traits Torch"

    @Test("a tensor is refused with the sentence that says how to build with libtorch")
    func tensor() {
        #expect(throws: TorchError.missing) { try Tensor([1, 2, 3]) }
        #expect(TorchError.missing.message == Self.sentence)
    }

    @Test("threads, seed and a CUDA device are refused with the same sentence")
    func settings() {
        #expect(throws: TorchError.missing) { try LibTorch.setThreads(1) }
        #expect(throws: TorchError.missing) { try LibTorch.seed(1) }
        #expect(throws: TorchError.missing) { try Device.named("cuda") }
        #expect(LibTorch.version.isEmpty)
    }

    @Test("a layer is refused with the same sentence")
    func layer() {
        let store = ParameterStore(seed: 1, device: .cpu)
        #expect(throws: TorchError.missing) { try Linear(store.root["fc"], 2, 3) }
    }
}
