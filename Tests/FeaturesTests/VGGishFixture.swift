import Features

/// Made weights for VGGish, by the rule of scripts/golden-vggish.
struct VGGishFixture {
    var tensors: [String: VGGishTensor] = [:]

    static let small = VGGishFixture(channels: [4, 6, 8, 7, 10, 12], hidden: [32, 24, 16])

    init(channels: [Int], hidden: [Int]) {
        var width = 1
        for (index, count) in channels.enumerated() {
            let name = "features.\([0, 3, 6, 8, 11, 13][index])"
            tensors[name + ".weight"] = Self.made(
                [count, width, 3, 3], salt: 2 * index, Self.scale(9 * width))
            tensors[name + ".bias"] = Self.made([count], salt: 2 * index + 1, 0.5)
            width = count
        }
        width *= 24
        for (index, count) in hidden.enumerated() {
            let name = "embeddings.\(2 * index)"
            tensors[name + ".weight"] = Self.made([count, width], salt: 100 + 2 * index, Self.scale(width))
            tensors[name + ".bias"] = Self.made([count], salt: 101 + 2 * index, 0.5)
            width = count
        }
        tensors["pca_eigen_vectors"] = Self.made([width, width], salt: 200, 0.5)
        tensors["pca_means"] = Self.made([width, 1], salt: 201, 2)
    }

    /// Numbers; the second patch has silence in its second half, the third high mels alone.
    static func patches(_ count: Int) -> [Float] {
        var values = made([count, 96, 64], salt: 300, 8).values
        for frame in 0..<(count > 2 ? 96 : 0) {
            for mel in 0..<64 {
                if frame >= 48 { values[(96 + frame) * 64 + mel] = 0 }
                if mel < 32 { values[(192 + frame) * 64 + mel] = -4 }
            }
        }
        return values
    }

    /// Numbers from −scale/2 to scale/2, exact in single precision.
    static func made(_ shape: [Int], salt: UInt64, _ scale: Float) -> VGGishTensor {
        let values = (0..<UInt64(shape.reduce(1, *))).map { place in
            var hash = UInt32(truncatingIfNeeded: place &* 2_654_435_761 &+ salt &* 40503)
            hash ^= hash >> 15
            hash = hash &* 2_246_822_519
            hash ^= hash >> 13
            return (Float(hash >> 8) * 0x1p-24 - 0.5) * scale
        }
        return VGGishTensor(shape: shape, values: values)
    }

    static func made(_ shape: [Int], salt: Int, _ scale: Float) -> VGGishTensor {
        made(shape, salt: UInt64(salt), scale)
    }

    static func scale(_ inputs: Int) -> Float {
        var power = 1
        while power * power < inputs { power *= 2 }
        return 4 / Float(power)
    }

    func network(
        rectifies: Bool = true, postprocesses: Bool = false, level: CPULevel = .best
    ) throws(FeatureError) -> VGGishNetwork {
        let tensors = tensors
        return try VGGishNetwork(rectifies: rectifies, postprocesses: postprocesses, level: level) {
            name throws(FeatureError) in tensors[name]
        }
    }
}

extension VGGishNetwork {
    /// The embeddings of patches, for tests.
    func embeddings(_ patches: [Float]) -> [Float] {
        var embedder = VGGishEmbedder(self)
        var output = [Float](
            repeating: .nan, count: patches.count / VGGishNetwork.patchCount * embeddingCount)
        var span = output.mutableSpan
        embedder.embed(patches.span, into: &span)
        return output
    }
}
