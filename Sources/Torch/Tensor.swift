internal import CTorch

/// A handle of an array of libtorch, of float32 or int64 elements, and of what its gradient needs.
///
/// Not `Sendable`: libtorch's record of how to differentiate is not for several threads. Copies of a handle share its
/// elements.
@safe package final class Tensor {
    let handle: OpaquePointer

    /// Takes over a handle that the C face has made.
    init(owning handle: OpaquePointer) { unsafe self.handle = unsafe handle }

    deinit { unsafe ct_free(handle) }

    /// Sizes, row by row; empty for one number.
    package var shape: [Int] {
        (0..<(unsafe ct_rank(handle))).map { unsafe Int(ct_size(handle, $0)) }
    }

    package var elementCount: Int { shape.reduce(1, *) }

    /// How many rows: the first size.
    package var count: Int { shape.first ?? 1 }

    package var device: Device {
        let number = unsafe ct_device(handle)
        return number < 0 ? .cpu : .cuda(Int(number))
    }

    /// Whether its elements are 64-bit integers; else they are float32.
    package var isInteger: Bool { unsafe ct_kind(handle) == CT_INT64 }

    /// The tensor itself where it lies on `device`, else a copy there.
    package func on(_ device: Device) throws(TorchError) -> Tensor {
        if device == self.device { return self }
        return try unsafe Tensor.made("a copy to \(device.name)") {
            unsafe ct_on_device(handle, device.number, $0)
        }
    }

    /// The tensor that a function of the C face writes.
    static func made(
        _ action: String, _ body: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
    ) throws(TorchError) -> Tensor {
        var handle: OpaquePointer?
        guard unsafe body(&handle) == 0, let made = unsafe handle else { throw .last(action) }
        return unsafe Tensor(owning: made)
    }
}
