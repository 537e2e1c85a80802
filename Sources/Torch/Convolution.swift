/// A convolution of one or two dimensions; keys `weight` [outputs, inputs, kernel…] and, with a bias, `bias` [outputs].
package struct Convolution {
    package struct Geometry: Sendable, Hashable {
        package let kernel: [Int]
        package let stride: [Int]
        package let padding: [Int]

        /// Of `dimensions` dimensions with the same size, step and zeros in each.
        package init(_ size: Int, stride: Int = 1, padding: Int = 0, dimensions: Int = 2) {
            kernel = [Int](repeating: size, count: dimensions)
            self.stride = [Int](repeating: stride, count: dimensions)
            self.padding = [Int](repeating: padding, count: dimensions)
        }
    }

    private let weight: Tensor
    private let bias: Tensor?
    private let geometry: Geometry

    package init(
        _ scope: ModuleScope, _ inputs: Int, _ outputs: Int, _ geometry: Geometry, hasBias: Bool = true,
        _ initialization: Initialization = .fanIn
    ) throws(TorchError) {
        let area = geometry.kernel.reduce(1, *)
        self.geometry = geometry
        weight = try scope.parameter(
            "weight", [outputs, inputs] + geometry.kernel,
            initialization.weight(fanIn: inputs * area, fanOut: outputs * area))
        bias =
            hasBias ? try scope.parameter("bias", [outputs], initialization.bias(fanIn: inputs * area)) : nil
    }

    package func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
        try input.convolved(weight, bias: bias, stride: geometry.stride, padding: geometry.padding)
    }
}
