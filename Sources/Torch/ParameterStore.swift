/// A tensor of a network under the name it has in a file of weights: `layer1.0.conv1.weight`.
package struct NamedTensor {
    package let name: String
    package let tensor: Tensor
    /// Whether it is learned; the others are running statistics.
    package let isParameter: Bool

    package init(name: String, tensor: Tensor, isParameter: Bool) {
        self.name = name
        self.tensor = tensor
        self.isParameter = isParameter
    }
}

/// All tensors of a network, in the order in which its layers were made: what an optimizer moves and what a file of
/// weights holds. Names and order are those of the same modules in PyTorch.
package final class ParameterStore {
    package private(set) var entries: [NamedTensor] = []
    package let device: Device
    private let seed: UInt64

    /// - Parameter seed: of the initial weights.
    package init(seed: UInt64, device: Device) {
        self.seed = seed
        self.device = device
    }

    /// Where the layers of a network are made.
    package var root: ModuleScope { ModuleScope(store: self, prefix: "") }

    package var parameters: [NamedTensor] { entries.filter(\.isParameter) }

    /// How many numbers are learned.
    package var parameterCount: Int { parameters.reduce(0) { $0 + $1.tensor.elementCount } }

    fileprivate func add(_ name: String, _ tensor: Tensor, isParameter: Bool) -> Tensor {
        precondition(!entries.contains { $0.name == name }, "two tensors of a network are called \(name)")
        entries.append(NamedTensor(name: name, tensor: tensor, isParameter: isParameter))
        return tensor
    }

    fileprivate func initial(_ name: String, _ shape: [Int], _ values: InitialValues) throws(TorchError)
        -> Tensor
    {
        let count = shape.reduce(1, *)
        return try Tensor(values.values(count: count, name: name, seed: seed), shape: shape).on(device)
    }
}

/// A place in a network's tree of modules: `scope["layer1"]["0"]` makes tensors called `layer1.0.…`.
package struct ModuleScope {
    let store: ParameterStore
    let prefix: String

    package subscript(name: String) -> ModuleScope { ModuleScope(store: store, prefix: prefix + name + ".") }

    /// A tensor that is learned.
    package func parameter(
        _ name: String, _ shape: [Int], _ values: InitialValues
    ) throws(TorchError) -> Tensor {
        let tensor = try store.initial(prefix + name, shape, values)
        try tensor.requireGradient()
        return store.add(prefix + name, tensor, isParameter: true)
    }

    /// A running statistic.
    package func statistic(_ name: String, count: Int, value: Float) throws(TorchError) -> Tensor {
        let tensor = try store.initial(prefix + name, [count], .constant(value))
        return store.add(prefix + name, tensor, isParameter: false)
    }

    /// A counter, as a tensor of one int64 without a shape.
    package func counter(_ name: String) throws(TorchError) -> Tensor {
        let tensor = try Tensor(integers: [0], shape: []).on(store.device)
        return store.add(prefix + name, tensor, isParameter: false)
    }
}
