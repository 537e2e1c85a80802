import ContentStore

/// Writes one shard. Where samples begin stands in front: rows are announced, so that it is known before the first; where
/// they cannot be, room is left for it.
struct MDSWriter: ShardWriter {
    private let outline: ExportOutline
    private let place: ShardPlace
    private let file: ShardFile
    /// Columns by name, as the form wants them; −1 stands for the key.
    private let order: [Int]
    /// Whether arrays of each column have one shape.
    private let isFixed: [Bool]
    private let form: Form
    /// Where each sample begins, and the last one ends.
    private var offsets: [Int]
    private var isAnnounced = false
    private var hasBegun = false
    private var rowCount = 0

    init(_ outline: ExportOutline, _ place: ShardPlace, in folder: ShardFolder) throws(ShardError) {
        self.outline = outline
        self.place = place
        let names = outline.columns.enumerated().map { ($1.name, $0) } + [("key", -1)]
        order = names.sorted { $0.0.precedesByBytes($1.0) }.map(\.1)
        isFixed = outline.columns.map { $0.fixedByteCount != nil }
        form = Form(order.map { $0 < 0 ? ShardColumn("key", .text) : outline.columns[$0] })
        file = try ShardFile(
            "\(place.folder)/" + place.numbered("shard.", digits: 5) + ".mds", in: folder)
        offsets = [4 + 4 * (place.rowCount + 1) + form.text.utf8.count]
    }

    /// What stands in every shard and in the index, in the order of the names: what is of the shard alone goes between.
    private struct Form {
        let front: String
        let back = #""size_limit": null, "version": 2"#
        var text: String { "{\(front), \(back)}" }

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

    /// How long a file of audio becomes is only known when it is there.
    var wantsAnnouncement: Bool { outline.content != .audio }

    mutating func announce(_ row: ShardRow) throws(ShardError) {
        isAnnounced = true
        try note(row)
    }

    private mutating func note(_ row: ShardRow) throws(ShardError) {
        let end = order.reduce(offsets[offsets.count - 1]) { end, index in
            end + (size(of: index, row).map { 4 + $0 } ?? fixedSize(of: index, row))
        }
        guard end <= MDSFormat.byteLimit else {
            throw .usage(
                "\(file.name) would grow over 4 GiB, which is all that MDS can address; choose a smaller --shard-size"
            )
        }
        offsets.append(end)
    }

    /// The rows that are announced, or were written, and where each begins.
    private var front: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 + 4 * offsets.count)
        ByteText.append(UInt32(offsets.count - 1), to: &bytes)
        for offset in offsets { ByteText.append(UInt32(offset), to: &bytes) }
        return bytes
    }

    private mutating func begin() throws(ShardError) {
        guard !hasBegun else { return }
        hasBegun = true
        if isAnnounced {
            try file.append(front)
        } else {
            file.hashLate()
            try file.pad(4 + 4 * (place.rowCount + 1))
        }
        try file.append(form.text)
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        try begin()
        if !isAnnounced { try note(row) }
        for index in order {
            if let size = size(of: index, row) { try file.append(integer: UInt32(size)) }
        }
        for index in order {
            guard index >= 0 else {
                try file.append(row.key)
                continue
            }
            switch row.values[index] {
            case .integer(let number): try file.append(integer: Int64(number))
            case .text(let text): try file.append(text)
            case .audio(_, let bytes): try file.append(row.bytes, bytes)
            case .array(let shape, let bytes):
                if !isFixed[index] { try file.append(MDSWriter.head(shape)) }
                try file.append(row.bytes, bytes)
            }
        }
        rowCount += 1
    }

    /// The size that stands before a sample for a column that varies; nil for one that does not.
    private func size(of index: Int, _ row: ShardRow) -> Int? {
        guard index >= 0 else { return row.key.utf8.count }
        switch row.values[index] {
        case .integer: return nil
        case .text(let text): return text.utf8.count
        case .audio(_, let bytes): return bytes.count
        case .array(let shape, let bytes):
            return isFixed[index] ? nil : MDSWriter.head(shape).count + bytes.count
        }
    }

    /// The size of a column that does not vary.
    private func fixedSize(of index: Int, _ row: ShardRow) -> Int {
        if case .array(_, let bytes) = row.values[index] { bytes.count } else { 8 }
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
        precondition(
            rowCount == place.rowCount && file.byteCount == offsets[rowCount],
            "\(rowCount) rows of \(place.rowCount), \(file.byteCount) bytes of \(offsets[offsets.count - 1]) in \(file.name)"
        )
        if !isAnnounced { try file.patch(front, at: 0) }
        let written = try file.finish()
        let base = JSONText.quoted(String(written.name.dropFirst(place.folder.count + 1)))
        let shard =
            "{\(form.front), \"raw_data\": {\"basename\": \(base), \"bytes\": \(written.byteCount), "
            + "\"hashes\": {\"sha256\": \"\(written.sha256)\"}}, \"samples\": \(rowCount), \(form.back), "
            + "\"zip_data\": null}"
        return ShardReceipt(place, rowCount: rowCount, files: [written], notes: ["shard": [shard]])
    }
}
