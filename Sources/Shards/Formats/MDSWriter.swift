import ContentStore

/// Writes one shard. Where samples begin is only known at the end; room is left for it.
struct MDSWriter: ShardWriter {
    private let outline: ExportOutline
    private let place: ShardPlace
    private let file: ShardFile
    /// Columns by name, as the form wants them; −1 stands for the key.
    private let order: [Int]
    private let form: Form
    private var offsets: [Int] = []

    init(_ outline: ExportOutline, _ place: ShardPlace, in folder: String) throws(ShardError) {
        self.outline = outline
        self.place = place
        let names = outline.columns.enumerated().map { ($1.name, $0) } + [("key", -1)]
        order = names.sorted { $0.0.precedesByBytes($1.0) }.map(\.1)
        form = Form(order.map { $0 < 0 ? ShardColumn("key", .text) : outline.columns[$0] })
        file = try ShardFile(
            "\(place.folder)/" + place.numbered("shard.", digits: 5) + ".mds", in: folder, isPatched: true)
        try file.pad(4 + 4 * (place.rowCount + 1))
        try file.append("{\(form.front), \(form.back)}")
        offsets.append(file.byteCount)
    }

    /// What stands in every shard and in the index, in the order of the names: what is of the shard alone goes between.
    private struct Form {
        let front: String
        let back = #""size_limit": null, "version": 2"#

        init(_ columns: [ShardColumn]) {
            func list(_ texts: [String]) -> String { "[\(texts.joined(separator: ", "))]" }
            let sizes = columns.map { column in
                column.kind == .integer ? "8" : column.fixedByteCount.map(String.init) ?? "null"
            }
            front =
                "\"column_encodings\": \(list(columns.map { JSONText.quoted(MDSWriter.encoding($0)) })), "
                + "\"column_names\": \(list(columns.map { JSONText.quoted($0.name) })), "
                + "\"column_sizes\": \(list(sizes)), "
                + #""compression": null, "format": "mds", "hashes": ["sha256"]"#
        }
    }

    private static func encoding(_ column: ShardColumn) -> String {
        switch column.kind {
        case .integer: return "int"
        case .text: return "str"
        case .audio: return "bytes"
        case .array(let type, let shape):
            let sizes = shape.compactMap { $0 }
            return sizes.count == shape.count && !sizes.isEmpty
                ? "ndarray:\(type):\(sizes.map(String.init).joined(separator: ","))" : "ndarray:\(type)"
        }
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        var heads: [Int: [UInt8]] = [:]
        var sizes: [UInt8] = []
        for index in order {
            guard let size = size(of: index, row, &heads) else { continue }
            sizes += ByteText.little(UInt32(size))
        }
        try file.append(sizes)
        for index in order {
            guard index >= 0 else {
                try file.append(row.key)
                continue
            }
            switch row.values[index] {
            case .integer(let number): try file.append(integer: number)
            case .text(let text): try file.append(text)
            case .audio(_, let bytes): try file.append(row.bytes, bytes)
            case .array(_, let bytes):
                if let head = heads[index] { try file.append(head) }
                try file.append(row.bytes, bytes)
            }
        }
        guard file.byteCount <= MDSFormat.byteLimit else {
            throw .usage(
                "\(file.name) grew over 4 GiB, which is all that MDS can address; choose a smaller --shard-size"
            )
        }
        offsets.append(file.byteCount)
    }

    /// The size that stands before a sample for a column that varies; nil for one that does not.
    private func size(of index: Int, _ row: ShardRow, _ heads: inout [Int: [UInt8]]) -> Int? {
        guard index >= 0 else { return row.key.utf8.count }
        switch row.values[index] {
        case .integer: return nil
        case .text(let text): return text.utf8.count
        case .audio(_, let bytes): return bytes.count
        case .array(let shape, let bytes):
            guard outline.columns[index].fixedByteCount == nil else { return nil }
            let head = MDSWriter.head(shape)
            heads[index] = head
            return head.count + bytes.count
        }
    }

    /// The shape of an array that varies.
    private static func head(_ shape: [Int]) -> [UInt8] {
        let rank = UInt8(shape.count << 2)
        switch shape.max() ?? 0 {
        case ...0xFF: return [rank] + shape.map { UInt8($0) }
        case ...0xFFFF: return [rank | 1] + shape.flatMap { ByteText.little(UInt16($0)) }
        default: return [rank | 2] + shape.flatMap { ByteText.little(UInt32($0)) }
        }
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        let rowCount = offsets.count - 1
        try file.patch(
            ByteText.little(UInt32(rowCount)) + offsets.flatMap { ByteText.little(UInt32($0)) }, at: 0)
        let written = try file.finish()
        let base = JSONText.quoted(String(written.name.dropFirst(place.folder.count + 1)))
        let shard =
            "{\(form.front), \"raw_data\": {\"basename\": \(base), \"bytes\": \(written.byteCount), "
            + "\"hashes\": {\"sha256\": \"\(written.sha256)\"}}, \"samples\": \(rowCount), \(form.back), "
            + "\"zip_data\": null}"
        return ShardReceipt(place, rowCount: rowCount, files: [written], notes: ["shard": [shard]])
    }
}
