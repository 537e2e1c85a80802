import ContentStore

/// Writes one Parquet file, a row group at a time.
struct ParquetWriter: ShardWriter {
    /// About the bytes of a row group.
    private static let groupSize = 16 << 20

    private let outline: ExportOutline
    private let place: ShardPlace
    private let file: ShardFile
    private var columns: [ParquetColumn]
    private var groups: [ThriftStruct] = []
    private var groupRows = 0
    private var rowCount = 0

    init(_ outline: ExportOutline, _ place: ShardPlace, in folder: ShardFolder) throws(ShardError) {
        self.outline = outline
        self.place = place
        func digits(_ number: Int) -> String { String(String(100_000 + number).dropFirst()) }
        let name = "\(place.folder)/\(place.folder)-\(digits(place.number))-of-\(digits(place.count)).parquet"
        file = try ShardFile(name, in: folder)
        columns = outline.columns.flatMap(ParquetColumn.columns) + [ParquetColumn(["key"], .bytes)]
        try file.append("PAR1")
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        var next = 0
        for (column, value) in zip(outline.columns, row.values) {
            switch value {
            case .integer(let number): columns[next].append(integer: number)
            case .text(let text): columns[next].append(bytes: text.utf8)
            case .audio(_, let range):
                columns[next].append(bytes: row.bytes[range])
                next += 1
                columns[next].append(bytes: "\(row.key).flac".utf8)
            case .array(let shape, let range):
                guard !range.isEmpty else {
                    throw .usage(
                        "example \(row.key) is empty, which this form cannot hold; choose another --format")
                }
                columns[next].append(floats: row.bytes, range, shape, isHalf: column.isHalf)
            }
            next += 1
        }
        columns[next].append(bytes: row.key.utf8)
        groupRows += 1
        rowCount += 1
        if columns.reduce(0, { $0 + $1.byteCount }) >= ParquetWriter.groupSize { try endGroup() }
    }

    private mutating func endGroup() throws(ShardError) {
        guard groupRows > 0 else { return }
        var chunks: [ThriftStruct] = []
        var total = 0
        for index in columns.indices {
            let offset = file.byteCount
            for part in columns[index].page() { try file.append(part) }
            let size = file.byteCount - offset
            total += size
            chunks.append(columns[index].chunk(offset: offset, byteCount: size))
            columns[index].removeAll()
        }
        var group = ThriftStruct()
        group.add(1, chunks)
        group.add(2, int64: total)
        group.add(3, int64: groupRows)
        groups.append(group)
        groupRows = 0
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        try endGroup()
        var entry = ThriftStruct()
        entry.add(1, text: "huggingface")
        entry.add(2, text: ParquetFormat.features(outline))
        var metadata = ThriftStruct()
        metadata.add(1, int32: 1)
        metadata.add(2, schema)
        metadata.add(3, int64: rowCount)
        metadata.add(4, groups)
        metadata.add(5, [entry])
        metadata.add(6, text: "twinset")
        let bytes = metadata.finished
        try file.append(bytes)
        try file.append(ByteText.little(UInt32(bytes.count)))
        try file.append("PAR1")
        return ShardReceipt(place, rowCount: rowCount, files: [try file.finish()])
    }

    /// The tree of columns, depth first. Everything is optional, though nothing is missing: `datasets` takes a column for
    /// what it is said to be only if it is.
    private var schema: [ThriftStruct] {
        var elements = [ParquetWriter.group("schema", children: outline.columns.count + 1, repetition: nil)]
        for column in outline.columns {
            switch column.kind {
            case .integer: elements.append(ParquetWriter.leaf(column.name, .integer))
            case .text: elements.append(ParquetWriter.leaf(column.name, .bytes, isText: true))
            case .audio:
                elements.append(ParquetWriter.group(column.name, children: 2))
                elements.append(ParquetWriter.leaf("bytes", .bytes))
                elements.append(ParquetWriter.leaf("path", .bytes, isText: true))
            case .array(_, let shape):
                for level in shape.indices {
                    elements.append(
                        ParquetWriter.group(level == 0 ? column.name : "element", children: 1, isList: true))
                    elements.append(ParquetWriter.group("list", children: 1, repetition: 2))
                }
                elements.append(ParquetWriter.leaf("element", .float))
            }
        }
        return elements + [ParquetWriter.leaf("key", .bytes, isText: true)]
    }

    private static func group(
        _ name: String, children: Int, repetition: Int? = 1, isList: Bool = false
    ) -> ThriftStruct {
        var element = ThriftStruct()
        if let repetition { element.add(3, int32: repetition) }
        element.add(4, text: name)
        element.add(5, int32: children)
        if isList { element.add(6, int32: 3) }
        return element
    }

    private static func leaf(_ name: String, _ type: ParquetColumn.Kind, isText: Bool = false) -> ThriftStruct
    {
        var element = ThriftStruct()
        element.add(1, int32: type.rawValue)
        element.add(3, int32: 1)
        element.add(4, text: name)
        if isText { element.add(6, int32: 0) }
        return element
    }
}
