internal import CTorch

/// The library itself: its version and its settings, which hold for the whole process unless they say otherwise.
package enum LibTorch {
    /// Whether this build has it.
    package static var isAvailable: Bool { ct_is_available() == 1 }

    /// "1.13.1"; empty without libtorch.
    package static var version: String { unsafe String(cString: ct_version()) }

    /// How many CUDA devices it finds.
    package static var cudaDeviceCount: Int { Int(ct_cuda_device_count()) }

    /// Threads within one operator. Sums are split among them, so that the last bits depend on their number.
    package static func setThreads(_ count: Int) throws(TorchError) {
        guard ct_set_threads(Int32(count)) == 0 else { throw .last("\(count) threads") }
    }

    /// Seeds the random numbers that dropout draws on this thread.
    package static func seed(_ seed: UInt64) throws(TorchError) {
        guard ct_seed(seed) == 0 else { throw .last("a seed") }
    }

    /// Whether algorithms whose results differ from run to run are avoided. On CPUs there are none.
    package static func setDeterministic(_ deterministic: Bool) throws(TorchError) {
        guard ct_set_deterministic(deterministic ? 1 : 0) == 0 else {
            throw .last("deterministic algorithms")
        }
    }

    /// What `body` computes cannot be differentiated, and costs no memory for it. The switch is of the thread, so
    /// `body` is synchronous.
    package static func withoutGradients<Result>(
        _ body: () throws(TorchError) -> Result
    ) throws(TorchError) -> Result {
        let before = ct_set_gradients(0)
        defer { _ = ct_set_gradients(before) }
        return try body()
    }
}
