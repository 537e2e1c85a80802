internal import CTorch

extension Tensor {
    /// Makes this leaf's gradient wanted.
    package func requireGradient() throws(TorchError) {
        guard unsafe ct_require_gradient(handle) == 0 else { throw .last("a gradient") }
    }

    /// Adds to the gradient of every leaf that wants one what this number changes with it.
    package func backward() throws(TorchError) {
        guard unsafe ct_backward(handle) == 0 else { throw .last("the gradient of a loss") }
    }

    /// The gradient of a leaf; nil when nothing has reached it.
    package func gradient() throws(TorchError) -> Tensor? {
        var result: OpaquePointer?
        guard unsafe ct_gradient(handle, &result) == 0 else { throw .last("a gradient") }
        guard let found = unsafe result else { return nil }
        return unsafe Tensor(owning: found)
    }

    package func clearGradient() throws(TorchError) {
        guard unsafe ct_clear_gradient(handle) == 0 else { throw .last("a cleared gradient") }
    }

    /// The same elements, cut off from what they were computed from.
    package func detached() throws(TorchError) -> Tensor { try call("detach") }
}
