/// Weights by their names, checked.
struct VGGishNames {
    let find: (String) throws(FeatureError) -> VGGishTensor?

    init(tensor: @escaping (String) throws(FeatureError) -> VGGishTensor?) { find = tensor }

    /// The tensor of a name, of this shape; nil stands for any size from 1.
    func matrix(_ name: String, _ shape: [Int?]) throws(FeatureError) -> VGGishTensor {
        guard let found = try find(name) else {
            throw .weights(
                "the VGGish weights have no tensor '\(name)'; they need the names of torchvggish's state dict, "
                    + "features.0.weight to embeddings.4.bias")
        }
        let isRight =
            found.shape.count == shape.count
            && zip(found.shape, shape).allSatisfy { size, wanted in size == wanted ?? max(size, 1) }
        guard isRight else {
            let expected = shape.map { $0.map(String.init) ?? "any" }.joined(separator: ", ")
            throw .weights("'\(name)' of the VGGish weights has shape \(found.shape); it needs [\(expected)]")
        }
        return try checked(found, name)
    }

    private func checked(_ found: VGGishTensor, _ name: String) throws(FeatureError) -> VGGishTensor {
        guard found.values.allSatisfy(\.isFinite) else {
            throw .weights(
                "'\(name)' of the VGGish weights holds a value that is no finite number; get the file again")
        }
        return found
    }

    /// As many values of a name; a column of them is taken too.
    func vector(_ name: String, count: Int) throws(FeatureError) -> [Float] {
        if let found = try find(name), found.shape == [count, 1] { return try checked(found, name).values }
        return try matrix(name, [count]).values
    }

    func has(_ name: String) throws(FeatureError) -> Bool { try find(name) != nil }
}
