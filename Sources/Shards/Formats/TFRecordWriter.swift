import ContentStore

/// Writes one file of records, and the index that the tfrecord package reads.
struct TFRecordWriter: ShardWriter {
    private let outline: ExportOutline
    private let place: ShardPlace
    private let file: ShardFile
    private let index: ShardFile
    /// Columns in byte order of their names; −1 stands for the key.
    private let order: [(name: [UInt8], shapeName: [UInt8], column: Int)]
    private var features: [UInt8] = []
    private var rowCount = 0

    init(_ outline: ExportOutline, _ place: ShardPlace, in folder: ShardFolder) throws(ShardError) {
        self.outline = outline
        self.place = place
        func digits(_ number: Int) -> String { String(String(100_000 + number).dropFirst()) }
        let name =
            "\(place.folder)/\(outline.name)-\(place.folder).tfrecord-\(digits(place.number))-of-\(digits(place.count))"
        file = try ShardFile(name, in: folder)
        index = try ShardFile(name + ".index", in: folder)
        let names = outline.columns.enumerated().map { ($1.name, $0) } + [("key", -1)]
        order = names.sorted { $0.0.precedesByBytes($1.0) }.map { name, column in
            (Array(name.utf8), Array("\(name)_shape".utf8), column)
        }
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        features.removeAll(keepingCapacity: true)
        for (name, shapeName, column) in order {
            guard column >= 0 else {
                add(name, text: row.key)
                continue
            }
            switch row.values[column] {
            case .integer(let number): add(name, numbers: [number])
            case .text(let text): add(name, text: text)
            case .audio(_, let range):
                open(name, .bytes, byteCount: range.count)
                features.append(contentsOf: row.bytes[range])
            case .array(let shape, let range):
                let isHalf = outline.columns[column].isHalf
                open(name, .floats, byteCount: isHalf ? range.count * 2 : range.count)
                if isHalf {
                    ByteText.appendWidened(row.bytes, range, to: &features)
                } else {
                    features.append(contentsOf: row.bytes[range])
                }
                add(shapeName, numbers: shape)
            }
        }
        try write()
        rowCount += 1
    }

    /// Writes the record: an Example, whose field 1 is what was gathered.
    private func write() throws(ShardError) {
        var head: [UInt8] = []
        Protobuf.append(field: 1, byteCount: features.count, to: &head)
        let byteCount = head.count + features.count
        try index.append("\(file.byteCount) \(byteCount + 16)\n")
        let length = ByteText.little(UInt64(byteCount))
        try file.append(length + ByteText.little(MaskedCRC(length).masked) + head)
        try file.append(features)
        var crc = MaskedCRC(head)
        crc.add(features)
        try file.append(integer: crc.masked)
    }

    /// The field of a Feature that says of what its list is.
    private enum List: Int {
        case bytes = 1
        case floats = 2
        case integers = 3
    }

    /// Begins an entry of the map: the name and a Feature of a list of one value of `byteCount` bytes, or of packed ones,
    /// which come next.
    private mutating func open(_ name: [UInt8], _ list: List, byteCount: Int) {
        let value = Protobuf.fieldByteCount(byteCount)
        let feature = Protobuf.fieldByteCount(value)
        let entry = Protobuf.fieldByteCount(name.count) + Protobuf.fieldByteCount(feature)
        Protobuf.append(field: 1, byteCount: entry, to: &features)
        Protobuf.append(field: 1, byteCount: name.count, to: &features)
        features += name
        Protobuf.append(field: 2, byteCount: feature, to: &features)
        Protobuf.append(field: list.rawValue, byteCount: value, to: &features)
        Protobuf.append(field: 1, byteCount: byteCount, to: &features)
    }

    private mutating func add(_ name: [UInt8], text: String) {
        open(name, .bytes, byteCount: text.utf8.count)
        features += text.utf8
    }

    private mutating func add(_ name: [UInt8], numbers: [Int]) {
        let values = numbers.map { UInt64(bitPattern: Int64($0)) }
        open(name, .integers, byteCount: values.reduce(0) { $0 + Protobuf.varintByteCount($1) })
        for value in values { Protobuf.append(varint: value, to: &features) }
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        ShardReceipt(place, rowCount: rowCount, files: try ShardFile.finish([file, index]))
    }
}
