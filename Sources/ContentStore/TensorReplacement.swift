extension TensorFileReader {
    /// The same file with one tensor replaced by another in the same place; the others stay bit for bit.
    package func replacing(_ name: String, with replacement: Tensor) throws(StoreError) -> TensorFile {
        guard entries[name] != nil else { throw .damaged("\(path) has no tensor '\(name)' to replace") }
        var tensors: [Tensor] = []
        for (other, entry) in entries.sorted(by: { TensorFileReader.precedes($0, $1) }) {
            tensors.append(other == name ? replacement : try tensor(other, entry))
        }
        var kept = metadata
        let kind = kept.removeValue(forKey: "kind") ?? ""
        return TensorFile(kind: kind, metadata: kept, tensors: tensors)
    }

    private static func precedes(_ left: (key: String, value: Entry), _ right: (key: String, value: Entry))
        -> Bool
    {
        let (a, b) = (left.value.range, right.value.range)
        if a.lowerBound != b.lowerBound { return a.lowerBound < b.lowerBound }
        if a.upperBound != b.upperBound { return a.upperBound < b.upperBound }
        return left.key < right.key
    }

    private func tensor(_ name: String, _ entry: Entry) throws(StoreError) -> Tensor {
        switch entry.type {
        case .float32: Tensor(name, shape: entry.shape, .float32(try floats(name)))
        case .uint32: Tensor(name, shape: entry.shape, .uint32(try unsigned(name)))
        case .uint8: Tensor(name, shape: entry.shape, .uint8(try bytes(name)))
        case .int64: Tensor(name, shape: entry.shape, .int64(try integers(name)))
        case .float16: Tensor(name, shape: entry.shape, .float16(try halves(name)))
        }
    }
}
