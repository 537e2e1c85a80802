import Torch

/// Values that `scripts/golden-networks` computes in the same way, from a name and an index.
enum GoldenValues {
    /// Of a tensor of a network, by its name and rank.
    static func tensor(_ name: String, _ shape: [Int]) -> [Float] {
        let signed = signed(name, shape.reduce(1, *))
        if name.hasSuffix("running_var") { return signed.map { Float(1 + 0.2 * $0) } }
        if shape.count >= 2 {
            let bound = (3 / Double(shape.dropFirst().reduce(1, *))).squareRoot()
            return signed.map { Float($0 * bound) }
        }
        return signed.map { Float(name.hasSuffix("weight") ? 1 + 0.2 * $0 : 0.1 * $0) }
    }

    /// An input: uniform in −1…1.
    static func given(_ name: String, _ shape: [Int]) throws -> Tensor {
        try Tensor(signed(name, shape.reduce(1, *)).map { Float($0) }, shape: shape)
    }

    /// +1 or −1 for an element, by its index.
    static func sign(_ index: Int) -> Double {
        mixed(mixed(UInt32(truncatingIfNeeded: index) &* 2_654_435_761)) < 1 << 31 ? 1 : -1
    }

    /// Sets all tensors of a store, its counters aside.
    static func set(_ store: ParameterStore) throws {
        try LibTorch.withoutGradients { () throws(TorchError) in
            for entry in store.entries where !entry.tensor.isInteger {
                let shape = entry.tensor.shape
                try entry.tensor.copyElements(of: Tensor(tensor(entry.name, shape), shape: shape))
            }
        }
    }

    private static func signed(_ name: String, _ count: Int) -> [Double] {
        var key: UInt32 = 2_166_136_261
        for byte in name.utf8 { key = (key ^ UInt32(byte)) &* 16_777_619 }
        return (0..<count).map { index in
            let word = key &+ UInt32(truncatingIfNeeded: index) &* 2_654_435_761
            return 2 * (Double(mixed(mixed(word))) / 0x1p32) - 1
        }
    }

    private static func mixed(_ word: UInt32) -> UInt32 {
        let spread = (word ^ word >> 16) &* 0x45d_9f3b
        return spread ^ spread >> 16
    }
}
