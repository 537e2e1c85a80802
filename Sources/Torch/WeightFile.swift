package import ContentStore

/// Named tensors in a safetensors file: a network's weights alone, or a checkpoint.
///
/// The names are those of PyTorch's modules, so that `module.load_state_dict(safetensors.torch.load_file(path))` works.
package enum WeightFile {
    /// Writes `entries` at `path`, whole or not at all.
    package static func write(
        _ entries: [NamedTensor], kind: String, metadata: [String: String] = [:], to path: String
    ) throws(TorchError) {
        // The file aligns each tensor to its element's size if the larger elements come first.
        let ordered = entries.filter(\.tensor.isInteger) + entries.filter { !$0.tensor.isInteger }
        var tensors: [ContentStore.Tensor] = []
        for entry in ordered { tensors.append(try stored(entry)) }
        do {
            try TensorFile(kind: kind, metadata: metadata, tensors: tensors).publish(at: path)
        } catch {
            throw .unavailable(error.message)
        }
    }

    private static func stored(_ entry: NamedTensor) throws(TorchError) -> ContentStore.Tensor {
        let shape = entry.tensor.shape
        if entry.tensor.isInteger {
            return ContentStore.Tensor(entry.name, shape: shape, .int64(try entry.tensor.integers()))
        }
        return ContentStore.Tensor(entry.name, shape: shape, .float32(try entry.tensor.floats()))
    }

    package static func open(_ path: String) throws(TorchError) -> TensorFileReader {
        do { return try TensorFileReader(path: path) } catch { throw .unavailable(error.message) }
    }

    /// Sets `entries` to the tensors of the same names in `file`, where `prefix` stands before each. A missing tensor
    /// or one of another shape is an error, and then nothing is set; what the file has beyond them is not looked at.
    package static func read(
        _ entries: [NamedTensor], from file: TensorFileReader, prefix: String = ""
    ) throws(TorchError) {
        for entry in entries { try check(entry, file, prefix + entry.name) }
        try LibTorch.withoutGradients { () throws(TorchError) in
            for entry in entries {
                try entry.tensor.copyElements(of: try values(file, prefix + entry.name, entry.tensor.shape))
            }
        }
    }

    private static func check(_ entry: NamedTensor, _ file: TensorFileReader, _ name: String)
        throws(TorchError)
    {
        guard let found = file.entries[name] else {
            throw .damaged("\(file.path) has no tensor '\(name)'; it holds the weights of another network")
        }
        guard found.shape == entry.tensor.shape else {
            throw .damaged(
                "\(file.path): '\(name)' has the shape \(found.shape) where \(entry.tensor.shape) is needed")
        }
        let valid: [ElementType] = entry.tensor.isInteger ? [.int64] : [.float32, .float16]
        guard valid.contains(found.type) else {
            let names = valid.map(\.rawValue).joined(separator: " or ")
            throw .damaged(
                "\(file.path): '\(name)' is of type \(found.type.rawValue) where \(names) is needed")
        }
    }

    private static func values(
        _ file: TensorFileReader, _ name: String, _ shape: [Int]
    ) throws(TorchError) -> Tensor {
        if file.entries[name]?.type == .int64 {
            let integers = try reading { () throws(StoreError) in try file.integers(name) }
            return try Tensor(integers: integers, shape: shape)
        }
        let isHalf = file.entries[name]?.type == .float16
        let floats = try reading { () throws(StoreError) in
            isHalf ? try file.halves(name).map { HalfPrecision.float($0) } : try file.floats(name)
        }
        return try Tensor(floats, shape: shape)
    }

    private static func reading<Value>(_ body: () throws(StoreError) -> Value) throws(TorchError) -> Value {
        do { return try body() } catch { throw .damaged(error.message) }
    }
}
