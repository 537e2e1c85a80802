import Testing
import Torch

@Suite struct DeviceTests {
    @Test("cpu is always there, and a name that is no device is refused with the valid ones")
    func names() throws {
        #expect(try Device.named("cpu") == .cpu)
        for name in ["gpu", "", "cuda:x", "cuda:-1", "cuda:0:1"] {
            let error = #expect(throws: TorchError.self) { try Device.named(name) }
            #expect(error?.message.contains("is no device; valid are cpu, cuda") == true)
        }
        #expect(Device.cuda(1).name == "cuda:1")
    }
}

extension WithTorch {
    @Suite struct CUDATests {
        @Test(
            "without a GPU one sentence says so and names the ways out",
            .enabled(if: LibTorch.cudaDeviceCount == 0, "there is a GPU"))
        func missing() throws {
            let error = #expect(throws: TorchError.self) { try Device.named("cuda") }
            #expect(error?.message.hasPrefix("no CUDA device is found: libtorch \(LibTorch.version)") == true)
            #expect(error?.message.contains("TORCH_HOME") == true)
        }

        @Test(
            "tensors go to the GPU and come back, and a device beyond the last is refused",
            .enabled(if: LibTorch.cudaDeviceCount > 0, "there is no GPU"))
        func present() throws {
            let device = try Device.named("cuda")
            let moved = try Tensor([1, 2, 3]).on(device)
            #expect(moved.device == device)
            #expect(try (moved * 2).floats() == [2, 4, 6])
            #expect(throws: TorchError.self) { try Device.named("cuda:\(LibTorch.cudaDeviceCount)") }
        }
    }
}
