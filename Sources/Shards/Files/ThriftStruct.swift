/// A struct in Thrift's compact protocol, field by field in order of their numbers: as much as Parquet's headers take.
struct ThriftStruct {
    private(set) var bytes: [UInt8] = []
    private var last = 0

    private enum Kind: UInt8 {
        case int32 = 5
        case int64 = 6
        case binary = 8
        case list = 9
        case structure = 12
    }

    private mutating func head(_ field: Int, _ kind: Kind) {
        precondition(field > last && field - last < 16, "field \(field) after \(last)")
        bytes.append(UInt8(field - last) << 4 | kind.rawValue)
        last = field
    }

    private static func zigzag(_ number: Int) -> [UInt8] {
        Protobuf.varint(UInt64(bitPattern: Int64(number << 1 ^ number >> 63)))
    }

    private static func binary(_ text: String) -> [UInt8] {
        Protobuf.varint(UInt64(text.utf8.count)) + Array(text.utf8)
    }

    mutating func add(_ field: Int, int32 number: Int) {
        head(field, .int32)
        bytes += ThriftStruct.zigzag(number)
    }

    mutating func add(_ field: Int, int64 number: Int) {
        head(field, .int64)
        bytes += ThriftStruct.zigzag(number)
    }

    mutating func add(_ field: Int, text: String) {
        head(field, .binary)
        bytes += ThriftStruct.binary(text)
    }

    mutating func add(_ field: Int, _ inner: ThriftStruct) {
        head(field, .structure)
        bytes += inner.finished
    }

    mutating func add(_ field: Int, _ list: [ThriftStruct]) {
        add(field, list.map(\.finished), of: .structure)
    }

    mutating func add(_ field: Int, int32s list: [Int]) {
        add(field, list.map(ThriftStruct.zigzag), of: .int32)
    }

    mutating func add(_ field: Int, texts list: [String]) {
        add(field, list.map(ThriftStruct.binary), of: .binary)
    }

    private mutating func add(_ field: Int, _ elements: [[UInt8]], of kind: Kind) {
        head(field, .list)
        if elements.count < 15 {
            bytes.append(UInt8(elements.count) << 4 | kind.rawValue)
        } else {
            bytes += [0xF0 | kind.rawValue] + Protobuf.varint(UInt64(elements.count))
        }
        for element in elements { bytes += element }
    }

    /// With the byte that ends a struct.
    var finished: [UInt8] { bytes + [0] }
}
