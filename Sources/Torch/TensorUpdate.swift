/// Changes of the elements themselves; for leaves inside `LibTorch.withoutGradients` only.
extension Tensor {
    /// self ← the elements of `other`, of the same shape.
    package func copyElements(of other: Tensor) throws(TorchError) { try call("copy_", .tensor(other)) }

    /// self ← self + factor · other.
    package func add(_ other: Tensor, times factor: Double = 1) throws(TorchError) {
        try call("add_", overload: "Tensor", .tensor(other), .number(factor))
    }

    /// self ← factor · self.
    package func scale(by factor: Double) throws(TorchError) {
        try call("mul_", overload: "Scalar", .number(factor))
    }

    /// self ← self + factor · one · two.
    package func addProduct(_ one: Tensor, _ two: Tensor, times factor: Double) throws(TorchError) {
        try call("addcmul_", .tensor(one), .tensor(two), .number(factor))
    }

    /// self ← self + factor · one / two.
    package func addQuotient(_ one: Tensor, _ two: Tensor, times factor: Double) throws(TorchError) {
        try call("addcdiv_", .tensor(one), .tensor(two), .number(factor))
    }

    /// A tensor of zeros of the same shape, type and device.
    package func zeros() throws(TorchError) -> Tensor { try call("zeros_like") }
}
