import Foundation

/// A safetensors file, read by hand from its definition: u64 header length, JSON header, data.
struct SafetensorsFile {
    struct Entry: Decodable, Equatable {
        let dtype: String
        let shape: [Int]
        let offsets: [Int]

        private enum CodingKeys: String, CodingKey {
            case dtype, shape
            case offsets = "data_offsets"
        }
    }

    enum Damage: Error {
        case header
        case tensor(String)
    }

    private(set) var entries: [String: Entry] = [:]
    private(set) var metadata: [String: String] = [:]
    private let data: [UInt8]

    init(_ path: String) throws {
        let bytes = try Tree.read(path)
        guard bytes.count >= 8 else { throw Damage.header }
        let length = bytes[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= bytes.count - 8,
            let header = try JSONSerialization.jsonObject(with: Data(bytes[8..<(8 + length)]))
                as? [String: [String: Any]]
        else { throw Damage.header }
        data = Array(bytes[(8 + length)...])
        for (name, value) in header {
            if name == "__metadata__" {
                metadata = value as? [String: String] ?? [:]
            } else {
                entries[name] = try JSONDecoder().decode(
                    Entry.self, from: JSONSerialization.data(withJSONObject: value))
            }
        }
    }

    /// Whether the tensors follow each other without gaps to the very end, each as large as its shape says.
    var isTight: Bool {
        var end = 0
        for entry in entries.values.sorted(by: {
            ($0.offsets[0], $0.offsets[1]) < ($1.offsets[0], $1.offsets[1])
        }) {
            let sizes = ["F32": 4, "F16": 2, "U32": 4, "I64": 8, "U8": 1]
            guard entry.offsets[0] == end, let size = sizes[entry.dtype] else { return false }
            end = entry.offsets[1]
            guard end - entry.offsets[0] == entry.shape.reduce(size, *) else { return false }
        }
        return end == data.count
    }

    func bytes(_ name: String) throws -> ArraySlice<UInt8> {
        guard let entry = entries[name] else { throw Damage.tensor(name) }
        return data[entry.offsets[0]..<entry.offsets[1]]
    }

    /// Little-endian whole numbers of any width.
    func integers(_ name: String) throws -> [Int] {
        let width = ["U32": 4, "I64": 8, "U8": 1][entries[name]?.dtype ?? ""] ?? 0
        guard width > 0 else { throw Damage.tensor(name) }
        let bytes = try bytes(name)
        return stride(from: bytes.startIndex, to: bytes.endIndex, by: width).map { start in
            (0..<width).reversed().reduce(0) { $0 << 8 | Int(bytes[start + $1]) }
        }
    }

    /// A column of texts: their bytes, and where each ends.
    func texts(_ name: String) throws -> [String] {
        let bytes = try bytes(name)
        var start = 0
        return try integers(name + ".end").map { end in
            defer { start = end }
            return String(
                decoding: bytes[(bytes.startIndex + start)..<(bytes.startIndex + end)], as: UTF8.self)
        }
    }

    /// The first `count` values of a tensor of floats.
    func floats(_ name: String, first count: Int) throws -> [Float] { try floats(name, 0..<count) }

    /// Some values of a tensor of floats.
    func floats(_ name: String, _ range: Range<Int>) throws -> [Float] {
        guard entries[name]?.dtype == "F32" else { throw Damage.tensor(name) }
        let bytes = try bytes(name).dropFirst(4 * range.lowerBound).prefix(4 * range.count)
        return stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { start in
            Float(bitPattern: (0..<4).reversed().reduce(0) { $0 << 8 | UInt32(bytes[start + $1]) })
        }
    }
}
