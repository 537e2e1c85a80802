import ContentStore

/// Writes one safetensors shard row by row. What is small stands at the front: rows are announced, so that it is known
/// before the first; where they cannot be, room is left for it and it is written last.
struct SafetensorsWriter: ShardWriter {
    private let outline: ExportOutline
    private let place: ShardPlace
    private let file: ShardFile
    /// For each column its numbers: of integers the values, of texts and varying arrays where each ends.
    private var numbers: [[Int64]]
    private var keyEnds: [Int64] = []
    /// For each text column its bytes; the keys' last.
    private var texts: [[UInt8]]
    /// For each column the bytes of its arrays or audio.
    private var byteCounts: [Int]
    /// The first column of arrays or audio, the only one that is written on the way; others wait in memory.
    private let streamedColumn: Int?
    private var waiting: [[UInt8]]
    /// Whether each column has an int64 for each row.
    private let hasNumbers: [Bool]
    private let headByteCount: Int
    private var isAnnounced = false
    private var hasBegun = false
    private var rowCount = 0

    init(
        _ outline: ExportOutline, _ place: ShardPlace, _ name: String, in folder: ShardFolder
    ) throws(ShardError) {
        self.outline = outline
        self.place = place
        file = try ShardFile(name, in: folder)
        numbers = outline.columns.map { _ in [] }
        texts = outline.columns.map { _ in [] } + [[]]
        waiting = outline.columns.map { _ in [] }
        byteCounts = outline.columns.map { _ in 0 }
        hasNumbers = outline.columns.map { $0.fixedByteCount == nil }
        streamedColumn = outline.columns.firstIndex {
            switch $0.kind {
            case .array, .audio: true
            case .text, .integer: false
            }
        }
        // The longest head that the sizes can come to, in one multiple of 64.
        headByteCount = (512 + (outline.columns.count + 1) * 256 + 63) / 64 * 64
    }

    /// How long a file of audio becomes is only known when it is there.
    var wantsAnnouncement: Bool { outline.content != .audio }

    /// Arrays stand first in every content that has them.
    var takesArraysAlone: Bool { true }

    mutating func announce(_ row: ShardRow) throws(ShardError) {
        isAnnounced = true
        note(row)
    }

    /// Takes what a row says but the bytes of its arrays and audio.
    private mutating func note(_ row: ShardRow) {
        for (index, value) in row.values.enumerated() {
            switch value {
            case .integer(let number): numbers[index].append(Int64(number))
            case .text(let text):
                texts[index].append(contentsOf: text.utf8)
                numbers[index].append(Int64(texts[index].count))
            case .array(let shape, let bytes):
                byteCounts[index] += bytes.count
                guard hasNumbers[index] else { continue }
                numbers[index].append((numbers[index].last ?? 0) + Int64(shape.first ?? 0))
            case .audio(_, let bytes):
                byteCounts[index] += bytes.count
                numbers[index].append(Int64(byteCounts[index]))
            }
        }
        texts[outline.columns.count].append(contentsOf: row.key.utf8)
        keyEnds.append(Int64(texts[outline.columns.count].count))
    }

    private mutating func begin() throws(ShardError) {
        guard !hasBegun else { return }
        hasBegun = true
        if isAnnounced {
            try file.append(try front())
        } else {
            file.hashLate()
            try file.pad(headByteCount + (1 + hasNumbers.count { $0 }) * place.rowCount * 8)
        }
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        try begin()
        if !isAnnounced { note(row) }
        for (index, value) in row.values.enumerated() {
            switch value {
            case .integer, .text: continue
            case .array(_, let bytes), .audio(_, let bytes):
                if index == streamedColumn {
                    try file.append(row.bytes, bytes)
                } else {
                    waiting[index].append(contentsOf: row.bytes[bytes])
                }
            }
        }
        rowCount += 1
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        precondition(
            rowCount == place.rowCount && keyEnds.count == rowCount,
            "\(rowCount) rows, \(keyEnds.count) announced, of \(place.rowCount) in \(file.name)")
        try begin()
        for bytes in waiting + texts { try file.append(bytes) }
        if !isAnnounced { try file.patch(try front(), at: 0) }
        return ShardReceipt(place, rowCount: rowCount, files: [try file.finish()])
    }

    /// The head and the numbers.
    private func front() throws(ShardError) -> [UInt8] {
        var entries: [Entry] = []
        var bytes: [UInt8] = []
        bytes.reserveCapacity((1 + numbers.count) * keyEnds.count * 8)
        func addNumbers(_ name: String, _ values: [Int64]) {
            entries.append(
                Entry(name: name, type: .int64, shape: [values.count], byteCount: values.count * 8))
            for value in values { ByteText.append(value, to: &bytes) }
        }
        for (index, column) in outline.columns.enumerated() where hasNumbers[index] {
            addNumbers(column.kind == .integer ? column.name : column.name + ".end", numbers[index])
        }
        addNumbers("key.end", keyEnds)
        if let index = streamedColumn { entries.append(entry(index)) }
        for index in waiting.indices where index != streamedColumn && isArray(index) {
            entries.append(entry(index))
        }
        for (index, text) in texts.enumerated() {
            let name = index < outline.columns.count ? outline.columns[index].name : "key"
            guard index == outline.columns.count || outline.columns[index].kind == .text else { continue }
            entries.append(Entry(name: name, type: .uint8, shape: [text.count], byteCount: text.count))
        }
        return try head(entries) + bytes
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

    private func entry(_ index: Int) -> Entry {
        let (column, byteCount) = (outline.columns[index], byteCounts[index])
        guard case .array(let type, let shape) = column.kind else {
            return Entry(name: column.name, type: .uint8, shape: [byteCount], byteCount: byteCount)
        }
        let rest = shape.dropFirst(column.fixedByteCount == nil ? 1 : 0).map { $0 ?? 0 }
        let first =
            column.fixedByteCount == nil
            ? byteCount / max(rest.reduce(type.byteCount, *), 1) : keyEnds.count
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
        guard text.count <= headByteCount - 8 else {
            throw .usage(
                "the head of \(file.name) takes \(text.count) bytes; its columns' names are too long")
        }
        while text.count < headByteCount - 8 { text.append(UInt8(ascii: " ")) }
        return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> ($0 * 8)) } + text
    }
}
