/// A column of texts in an artifact: their UTF-8 bytes one after another and where each ends.
package struct TextColumn {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    package init() {}

    package mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        ends.append(UInt32(bytes.count))
    }

    /// The two tensors `name` (bytes) and `name.end` (row by row, the offset after the row's last byte).
    package func tensors(_ name: String) -> (ends: Tensor, bytes: Tensor) {
        (Tensor(name + ".end", ends), Tensor(name, bytes))
    }

    /// The texts of column `name` of an artifact.
    package static func read(_ name: String, from file: TensorFileReader) throws(StoreError) -> [String] {
        let bytes = try file.bytes(name)
        var start = 0
        var texts: [String] = []
        for end in try file.unsigned(name + ".end") {
            guard Int(end) >= start, Int(end) <= bytes.count else {
                throw .damaged("\(file.path) is damaged: column \(name) ends before it starts")
            }
            texts.append(String(decoding: bytes[start..<Int(end)], as: UTF8.self))
            start = Int(end)
        }
        return texts
    }
}
