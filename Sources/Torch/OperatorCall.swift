internal import CTorch

extension Tensor {
    /// Calls the operator `aten::name` of libtorch, which returns one tensor.
    ///
    /// The names and the order of arguments are those of libtorch's `native_functions.yaml`; arguments left off at the
    /// end take their defaults.
    @discardableResult
    package static func call(
        _ name: String, overload: String = "", _ operands: Operand...
    ) throws(TorchError) -> Tensor {
        var result: OpaquePointer?
        try unsafe call(name, overload, operands, &result, 1)
        guard let result = unsafe result else { throw .refused("libtorch returns nothing for \(name)") }
        return unsafe Tensor(owning: result)
    }

    /// Calls `aten::name` on this tensor as its first argument.
    @discardableResult
    package func call(
        _ name: String, overload: String = "", _ operands: Operand...
    ) throws(TorchError) -> Tensor {
        var result: OpaquePointer?
        try unsafe Tensor.call(name, overload, [.tensor(self)] + operands, &result, 1)
        guard let result = unsafe result else { throw .refused("libtorch returns nothing for \(name)") }
        return unsafe Tensor(owning: result)
    }

    private static func call(
        _ name: String, _ overload: String, _ operands: [Operand],
        _ results: UnsafeMutablePointer<OpaquePointer?>, _ capacity: Int
    ) throws(TorchError) {
        let encoded = EncodedOperands(operands)
        // The encoded arguments hold plain pointers to the tensors.
        let status = withExtendedLifetime(operands) {
            unsafe ct_call(
                "aten::" + name, overload, encoded.arguments, encoded.arguments.count, encoded.integers,
                results,
                capacity)
        }
        guard status == 0 else { throw .last(name) }
    }
}
