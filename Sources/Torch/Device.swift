/// Where tensors lie and are computed on.
package enum Device: Hashable, Sendable {
    case cpu
    /// The CUDA device of this number.
    case cuda(Int)

    /// The device of a name: `cpu`, `cuda` or `cuda:1`. Throws when there is no such device here.
    package static func named(_ name: String) throws(TorchError) -> Device {
        if name == "cpu" { return .cpu }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.first == "cuda", parts.count <= 2, let number = parts.count == 1 ? 0 : Int(parts[1]),
            number >= 0
        else { throw .unknown("'\(name)' is no device; valid are cpu, cuda and cuda:0, cuda:1 …") }
        guard LibTorch.isAvailable else { throw .missing }
        let count = LibTorch.cudaDeviceCount
        guard count > 0 else {
            throw .unavailable(
                "no CUDA device is found: libtorch \(LibTorch.version) has no CUDA or sees no GPU; "
                    + "use --device cpu, or build with TORCH_HOME naming a libtorch for CUDA")
        }
        guard number < count else {
            throw .unavailable("there is no CUDA device \(number): libtorch finds \(count), counted from 0")
        }
        return .cuda(number)
    }

    /// Its name, as `named` takes it.
    package var name: String {
        switch self {
        case .cpu: "cpu"
        case .cuda(let number): "cuda:\(number)"
        }
    }

    /// Its number in the C face.
    var number: Int32 {
        switch self {
        case .cpu: -1
        case .cuda(let number): Int32(number)
        }
    }
}
