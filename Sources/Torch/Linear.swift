/// y = x · weightᵀ + bias; keys `weight` [outputs, inputs] and `bias` [outputs].
package struct Linear {
    package let weight: Tensor
    package let bias: Tensor

    package init(
        _ scope: ModuleScope, _ inputs: Int, _ outputs: Int, _ initialization: Initialization = .fanIn
    ) throws(TorchError) {
        try self.init(
            scope, inputs, outputs, weight: initialization.weight(fanIn: inputs, fanOut: outputs),
            bias: initialization.bias(fanIn: inputs))
    }

    package init(
        _ scope: ModuleScope, _ inputs: Int, _ outputs: Int, weight: InitialValues, bias: InitialValues
    ) throws(TorchError) {
        self.weight = try scope.parameter("weight", [outputs, inputs], weight)
        self.bias = try scope.parameter("bias", [outputs], bias)
    }

    package func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
        try input.linear(weight, bias: bias)
    }
}
