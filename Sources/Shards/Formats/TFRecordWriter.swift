import ContentStore

/// Writes one file of records, and the index that the tfrecord package reads.
struct TFRecordWriter: ShardWriter {
    private let outline: ExportOutline
    private let place: ShardPlace
    private let file: ShardFile
    private let index: ShardFile
    /// Columns in byte order of their names; −1 stands for the key.
    private let order: [(name: String, column: Int)]
    private var features: [UInt8] = []
    private var rowCount = 0

    init(_ outline: ExportOutline, _ place: ShardPlace, in folder: String) throws(ShardError) {
        self.outline = outline
        self.place = place
        func digits(_ number: Int) -> String { String(String(100_000 + number).dropFirst()) }
        let name =
            "\(place.folder)/\(outline.name)-\(place.folder).tfrecord-\(digits(place.number))-of-\(digits(place.count))"
        file = try ShardFile(name, in: folder)
        index = try ShardFile(name + ".index", in: folder)
        let names = outline.columns.enumerated().map { ($1.name, $0) } + [("key", -1)]
        order = names.sorted { $0.0.precedesByBytes($1.0) }
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        features.removeAll(keepingCapacity: true)
        for (name, column) in order {
            guard column >= 0 else {
                add(name, bytes: Array(row.key.utf8))
                continue
            }
            switch row.values[column] {
            case .integer(let number): add(name, numbers: [number])
            case .text(let text): add(name, bytes: Array(text.utf8))
            case .audio(_, let range): add(name, bytes: Array(row.bytes[range]))
            case .array(let shape, let range):
                let isHalf =
                    if case .array(.float16, _) = outline.columns[column].kind { true } else { false }
                add(name, floats: isHalf ? ByteText.widened(row.bytes, range) : Array(row.bytes[range]))
                add(name + "_shape", numbers: shape)
            }
        }
        try write(Protobuf.field(1, features))
        rowCount += 1
    }

    private mutating func write(_ example: [UInt8]) throws(ShardError) {
        let length = ByteText.little(UInt64(example.count))
        try index.append("\(file.byteCount) \(example.count + 16)\n")
        try file.append(length + ByteText.little(MaskedCRC.masked(length)))
        try file.append(example)
        try file.append(ByteText.little(MaskedCRC.masked(example)))
    }

    /// One entry of the map: the name and a Feature, which is BytesList (1), FloatList (2) or Int64List (3).
    private mutating func add(_ name: String, feature: [UInt8]) {
        let head = Protobuf.field(1, Array(name.utf8))
        features += Protobuf.head(
            1, byteCount: head.count + Protobuf.head(2, byteCount: feature.count).count + feature.count)
        features += head
        features += Protobuf.head(2, byteCount: feature.count)
        features += feature
    }

    private mutating func add(_ name: String, bytes: [UInt8]) {
        add(name, feature: Protobuf.field(1, Protobuf.field(1, bytes)))
    }

    private mutating func add(_ name: String, floats: [UInt8]) {
        add(name, feature: Protobuf.field(2, Protobuf.field(1, floats)))
    }

    private mutating func add(_ name: String, numbers: [Int]) {
        let packed = numbers.flatMap { Protobuf.varint(UInt64(bitPattern: Int64($0))) }
        add(name, feature: Protobuf.field(3, Protobuf.field(1, packed)))
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        ShardReceipt(place, rowCount: rowCount, files: [try file.finish(), try index.finish()])
    }
}

/// As much of protocol buffers as an Example takes: varints and fields of bytes.
enum Protobuf {
    static func varint(_ number: UInt64) -> [UInt8] {
        var (left, bytes) = (number, [UInt8]())
        while left >= 128 {
            bytes.append(UInt8(left & 127) | 128)
            left >>= 7
        }
        return bytes + [UInt8(left)]
    }

    /// The tag and the length of a field of `byteCount` bytes.
    static func head(_ number: Int, byteCount: Int) -> [UInt8] {
        varint(UInt64(number << 3 | 2)) + varint(UInt64(byteCount))
    }

    static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
        head(number, byteCount: bytes.count) + bytes
    }
}
