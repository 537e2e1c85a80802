import ContentStore

/// The values of a pack's examples, one after another; the storage is used again for the next pack.
struct FeatureRows {
    private(set) var values: [Float] = []
    private(set) var count = 0
    /// For examples of different lengths, where each ends, in frames.
    private(set) var frameEnds: [Int64] = []

    mutating func removeAll() {
        count = 0
        frameEnds.removeAll(keepingCapacity: true)
    }

    /// Makes room for `added` more values and returns where they go.
    mutating func grow(by added: Int) -> Range<Int> {
        let range = count..<(count + added)
        if values.count < range.upperBound {
            let size = max(range.upperBound, values.count + values.count / 2)
            values.append(contentsOf: repeatElement(0, count: size - values.count))
        }
        count = range.upperBound
        return range
    }

    /// Appends example number `example` of another pack's rows, which hold `exampleCount`.
    mutating func append(example: Int, of other: FeatureRows, exampleCount: Int) {
        let size = exampleCount > 0 ? other.count / exampleCount : 0
        let range = grow(by: size)
        write(range) { output in
            for index in 0..<size { output[index] = other.values[example * size + index] }
        }
        if example < other.frameEnds.count {
            let before = example == 0 ? 0 : other.frameEnds[example - 1]
            frameEnds.append((frameEnds.last ?? 0) + other.frameEnds[example] - before)
        }
    }

    mutating func endExample(width: Int) { frameEnds.append(Int64(count / width)) }

    /// Calls `body` with the values of `range`, to be written.
    mutating func write(_ range: Range<Int>, _ body: (inout MutableSpan<Float>) -> Void) {
        var all = values.mutableSpan
        var part = all._mutatingExtracting(range)
        body(&part)
    }

    /// The values as a tensor of `shape`; throws when one does not fit the type.
    func tensor(
        _ name: String, shape: [Int], type: FeatureParameters.ValueType
    ) throws(StoreError) -> Tensor {
        switch type {
        case .float32: return Tensor(name, shape: shape, .float32(values))
        case .float16:
            let halves = (0..<count).map { HalfPrecision.bits(values[$0]) }
            // An exponent of all ones is infinite or not a number.
            if let place = halves.firstIndex(where: { $0 & 0x7C00 == 0x7C00 }) {
                throw .unencodable(
                    "a feature of \(values[place]) does not fit float16, which ends at 65504; use features.dtype: float32, "
                        + "features.log: true or features.normalize")
            }
            return Tensor(name, shape: shape, .float16(halves))
        }
    }
}
