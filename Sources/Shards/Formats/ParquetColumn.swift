import ContentStore

/// The values of one leaf column of a row group, as they stand in its page.
struct ParquetColumn {
    /// Parquet's physical types.
    enum Kind: Int {
        case integer = 2
        case float = 4
        case bytes = 6
    }

    private let path: [String]
    private let kind: Kind
    /// How deep its lists are nested: the greatest repetition level.
    private let depth: Int
    /// The definition level of every value: each optional or repeated step of its path counts.
    private let definition: Int
    private var values: [UInt8] = []
    private var valueCount = 0
    /// Repetition levels as runs of equal ones.
    private var repetitions: [UInt8] = []
    /// Those of the last array's shape: most have the same.
    private var pattern: (shape: [Int], runs: [UInt8]) = ([], [])

    init(_ path: [String], _ kind: Kind, depth: Int = 0, definition: Int = 1) {
        self.path = path
        self.kind = kind
        self.depth = depth
        self.definition = definition
    }

    /// The leaves of a column.
    static func columns(_ column: ShardColumn) -> [ParquetColumn] {
        switch column.kind {
        case .integer: [ParquetColumn([column.name], .integer)]
        case .text: [ParquetColumn([column.name], .bytes)]
        case .audio:
            ["bytes", "path"].map { ParquetColumn([column.name, $0], .bytes, definition: 2) }
        case .array(_, let shape):
            [
                ParquetColumn(
                    [column.name] + Array(repeating: ["list", "element"], count: shape.count).flatMap { $0 },
                    .float,
                    depth: shape.count, definition: 2 * shape.count + 1)
            ]
        }
    }

    var byteCount: Int { values.count + repetitions.count }

    mutating func removeAll() {
        values.removeAll(keepingCapacity: true)
        repetitions.removeAll(keepingCapacity: true)
        valueCount = 0
    }

    mutating func append(integer: Int) {
        ByteText.append(Int64(integer), to: &values)
        valueCount += 1
    }

    mutating func append(bytes: some Collection<UInt8>) {
        ByteText.append(UInt32(bytes.count), to: &values)
        values.append(contentsOf: bytes)
        valueCount += 1
    }

    /// An array of single- or half-precision numbers, row by row.
    mutating func append(floats bytes: [UInt8], _ range: Range<Int>, _ shape: [Int], isHalf: Bool) {
        if isHalf {
            ByteText.appendWidened(bytes, range, to: &values)
        } else {
            values.append(contentsOf: bytes[range])
        }
        valueCount += range.count / (isHalf ? 2 : 4)
        if shape != pattern.shape { pattern = (shape, runs(shape)) }
        repetitions += pattern.runs
    }

    /// The repetition levels of an array: each innermost list begins with the level at which it repeats, and goes on at
    /// the deepest.
    private func runs(_ shape: [Int]) -> [UInt8] {
        let (count, last) = (shape.reduce(1, *), shape.last ?? 1)
        var runs: [UInt8] = []
        for first in stride(from: 0, to: count, by: max(last, 1)) {
            runs += ParquetColumn.run(1, level: level(of: first, shape))
            if last > 1 { runs += ParquetColumn.run(last - 1, level: depth) }
        }
        return runs
    }

    /// The repetition level of element `index`: 0 for a row's first, else the depth of the list that goes on.
    private func level(of index: Int, _ shape: [Int]) -> Int {
        guard index > 0 else { return 0 }
        var size = 1
        for level in stride(from: shape.count - 1, through: 0, by: -1) {
            size *= shape[level]
            if index % size != 0 { return level + 1 }
        }
        return 0
    }

    /// A run of equal levels, in the hybrid of runs and packed bits.
    private static func run(_ count: Int, level: Int) -> [UInt8] {
        Protobuf.varint(UInt64(count) << 1) + [UInt8(level)]
    }

    /// The header of the page and its parts.
    func page() -> [[UInt8]] {
        let definitions = ParquetColumn.run(valueCount, level: definition)
        var levels = depth > 0 ? ByteText.little(UInt32(repetitions.count)) + repetitions : []
        levels += ByteText.little(UInt32(definitions.count)) + definitions
        var data = ThriftStruct()
        data.add(1, int32: valueCount)
        data.add(2, int32: 0)
        data.add(3, int32: 3)
        data.add(4, int32: 3)
        var header = ThriftStruct()
        header.add(1, int32: 0)
        header.add(2, int32: levels.count + values.count)
        header.add(3, int32: levels.count + values.count)
        header.add(5, data)
        return [header.finished, levels, values]
    }

    /// What the file's metadata say of the chunk at `offset`.
    func chunk(offset: Int, byteCount: Int) -> ThriftStruct {
        var metadata = ThriftStruct()
        metadata.add(1, int32: kind.rawValue)
        metadata.add(2, int32s: [0, 3])
        metadata.add(3, texts: path)
        metadata.add(4, int32: 0)
        metadata.add(5, int64: valueCount)
        metadata.add(6, int64: byteCount)
        metadata.add(7, int64: byteCount)
        metadata.add(9, int64: offset)
        var chunk = ThriftStruct()
        chunk.add(2, int64: offset)
        chunk.add(3, metadata)
        return chunk
    }
}
