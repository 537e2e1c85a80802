import Testing
import Torch
import Training

@Suite(.enabled(if: !LibTorch.isAvailable, "built with libtorch"))
struct WithoutTorchTests {
    @Test("every network is refused with the sentence that says how to build with libtorch")
    func networks() {
        let makers: [() throws -> any Network] = [
            { try SpectrogramNet(.init(.contrastive, size: 8), seed: 1, device: .cpu) },
            { try FBankNet(.init(), seed: 1, device: .cpu) },
            { try VoicemapNet(.init(.euclidean), seed: 1, device: .cpu) },
            { try MFCCNet(.init(.waveform(sampleCount: 64)), seed: 1, device: .cpu) },
            { try ResNet18(.init(classCount: 2), seed: 1, device: .cpu) },
        ]
        for make in makers {
            let error = #expect(throws: TorchError.self) { try make() }
            #expect(
                error?.message
                    == "built without libtorch; install it by scripts/setup --with-torch and build with: swift build --traits Torch"
            )
        }
    }
}
