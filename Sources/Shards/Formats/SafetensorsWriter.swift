import ContentStore

/// Writes one safetensors shard row by row. What is small, and only known at the end, stands at the front: room is left
/// for it and it is written last.
struct SafetensorsWriter: ShardWriter {
    private let outline: ExportOutline
    private let place: ShardPlace
    private let file: ShardFile
    /// For each column its numbers: of integers the values, of texts and varying arrays where each ends.
    private var numbers: [[Int64]]
    private var keyEnds: [Int64] = []
    /// For each text column its bytes; the keys' last.
    private var texts: [[UInt8]]
    /// The only column of arrays or audio that is written on the way; others wait in memory.
    private var waiting: [[UInt8]]
    private let frontByteCount: Int
    private var streamed = 0
    private var rowCount = 0

    init(_ outline: ExportOutline, _ place: ShardPlace, _ name: String, in folder: String) throws(ShardError)
    {
        self.outline = outline
        self.place = place
        file = try ShardFile(name, in: folder, isPatched: true)
        numbers = outline.columns.map { _ in [] }
        texts = outline.columns.map { _ in [] } + [[]]
        waiting = outline.columns.map { _ in [] }
        // The longest head that the sizes can come to, in one multiple of 64.
        let head = 512 + (outline.columns.count + 1) * 256
        frontByteCount = (head + 63) / 64 * 64
        var left = frontByteCount + SafetensorsWriter.numberColumns(outline) * place.rowCount * 8
        while left > 0 {
            try file.pad(min(left, 1 << 20))
            left -= 1 << 20
        }
    }

    /// Whether a column has an int64 for each row.
    private static func hasNumbers(_ column: ShardColumn) -> Bool { column.fixedByteCount == nil }

    /// The int64 columns, the keys' ends among them.
    private static func numberColumns(_ outline: ExportOutline) -> Int {
        1 + outline.columns.count { hasNumbers($0) }
    }

    /// The first column of arrays or audio.
    private var streamedColumn: Int? {
        outline.columns.firstIndex {
            switch $0.kind {
            case .array, .audio: true
            case .text, .integer: false
            }
        }
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        for (index, value) in row.values.enumerated() {
            switch value {
            case .integer(let number): numbers[index].append(Int64(number))
            case .text(let text):
                texts[index].append(contentsOf: text.utf8)
                numbers[index].append(Int64(texts[index].count))
            case .array(let shape, let bytes):
                if outline.columns[index].fixedByteCount == nil {
                    numbers[index].append((numbers[index].last ?? 0) + Int64(shape.first ?? 0))
                }
                try append(row.bytes, bytes, column: index)
            case .audio(_, let bytes):
                numbers[index].append((numbers[index].last ?? 0) + Int64(bytes.count))
                try append(row.bytes, bytes, column: index)
            }
        }
        texts[outline.columns.count].append(contentsOf: row.key.utf8)
        keyEnds.append(Int64(texts[outline.columns.count].count))
        rowCount += 1
    }

    private mutating func append(_ bytes: [UInt8], _ range: Range<Int>, column: Int) throws(ShardError) {
        guard column == streamedColumn else {
            waiting[column].append(contentsOf: bytes[range])
            return
        }
        try file.append(bytes, range)
        streamed += range.count
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        precondition(rowCount == place.rowCount, "\(rowCount) rows of \(place.rowCount) in \(file.name)")
        var entries: [Entry] = []
        var front: [UInt8] = []
        func addNumbers(_ name: String, _ values: [Int64]) {
            entries.append(Entry(name: name, type: .int64, shape: [rowCount], byteCount: rowCount * 8))
            for value in values {
                unsafe withUnsafeBytes(of: value.littleEndian) { unsafe front.append(contentsOf: $0) }
            }
        }
        for (column, values) in zip(outline.columns, numbers) where SafetensorsWriter.hasNumbers(column) {
            addNumbers(column.kind == .integer ? column.name : column.name + ".end", values)
        }
        addNumbers("key.end", keyEnds)
        if let index = streamedColumn { entries.append(entry(index, byteCount: streamed)) }
        for (index, bytes) in waiting.enumerated() where index != streamedColumn && isArray(index) {
            try file.append(bytes)
            entries.append(entry(index, byteCount: bytes.count))
        }
        for (index, bytes) in texts.enumerated() {
            let name = index < outline.columns.count ? outline.columns[index].name : "key"
            guard index == outline.columns.count || outline.columns[index].kind == .text else { continue }
            try file.append(bytes)
            entries.append(Entry(name: name, type: .uint8, shape: [bytes.count], byteCount: bytes.count))
        }
        try file.patch(try head(entries) + front, at: 0)
        return ShardReceipt(place, rowCount: rowCount, files: [try file.finish()])
    }

    private func isArray(_ index: Int) -> Bool {
        switch outline.columns[index].kind {
        case .array, .audio: true
        case .text, .integer: false
        }
    }

    /// A tensor of the head.
    private struct Entry {
        let name: String
        let type: ElementType
        let shape: [Int]
        let byteCount: Int
    }

    private func entry(_ index: Int, byteCount: Int) -> Entry {
        let column = outline.columns[index]
        guard case .array(let type, let shape) = column.kind else {
            return Entry(name: column.name, type: .uint8, shape: [byteCount], byteCount: byteCount)
        }
        let rest = shape.dropFirst(column.fixedByteCount == nil ? 1 : 0).map { $0 ?? 0 }
        let first =
            column.fixedByteCount == nil ? byteCount / max(rest.reduce(type.byteCount, *), 1) : rowCount
        return Entry(name: column.name, type: type, shape: [first] + rest, byteCount: byteCount)
    }

    private func head(_ entries: [Entry]) throws(ShardError) -> [UInt8] {
        var offset = 0
        let metadata = JSONText.object([
            ("dataset", JSONText.quoted(outline.dataset)),
            ("kind", JSONText.quoted(outline.content.rawValue)),
            ("sampleRate", JSONText.quoted(String(outline.sampleRate))),
            ("side", JSONText.quoted(place.side.rawValue)),
            ("firstRow", JSONText.quoted(String(place.firstRow))),
        ])
        var fields = ["\"__metadata__\":" + metadata]
        for entry in entries {
            let shape = entry.shape.map(String.init).joined(separator: ",")
            fields.append(
                "\(JSONText.quoted(entry.name)):{\"dtype\":\"\(entry.type.rawValue)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(offset),\(offset + entry.byteCount)]}")
            offset += entry.byteCount
        }
        var text = Array("{\(fields.joined(separator: ","))}".utf8)
        guard text.count <= frontByteCount - 8 else {
            throw .usage(
                "the head of \(file.name) takes \(text.count) bytes; its columns' names are too long")
        }
        while text.count < frontByteCount - 8 { text.append(UInt8(ascii: " ")) }
        return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> ($0 * 8)) } + text
    }
}
