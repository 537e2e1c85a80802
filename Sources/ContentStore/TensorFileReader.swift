internal import Foundation

/// Reads one artifact; the tensors' bytes stay in the mapped file until they are asked for.
package struct TensorFileReader: Sendable {
    package struct Entry: Sendable {
        package let type: ElementType
        package let shape: [Int]
        let range: Range<Int>
    }

    package let path: String
    package let metadata: [String: String]
    package let entries: [String: Entry]
    private let data: Data
    private let dataStart: Int

    /// Opens the file at `path`; throws when it is not a whole safetensors file.
    package init(path: String) throws(StoreError) {
        self.path = path
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            throw .refused("cannot read \(path): \(error.reason)")
        }
        guard data.count >= 8 else {
            throw .damaged("\(path) is not an artifact: it has \(data.count) bytes")
        }
        let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(data.count - 8) else {
            throw .damaged("\(path) is cut off: its header should have \(length) bytes")
        }
        dataStart = 8 + Int(length)
        (metadata, entries) = try TensorFileReader.parse(
            data[8..<dataStart], dataByteCount: data.count - dataStart, path: path)
    }

    private typealias Header = (metadata: [String: String], entries: [String: Entry])

    private static func parse(_ header: Data, dataByteCount: Int, path: String) throws(StoreError) -> Header {
        guard var object = (try? JSONSerialization.jsonObject(with: header)) as? [String: Any] else {
            throw .damaged("\(path) has a header that is not JSON")
        }
        guard let metadata = (object.removeValue(forKey: "__metadata__") ?? [:]) as? [String: String] else {
            throw .damaged("\(path) has metadata that are not texts")
        }
        var entries: [String: Entry] = [:]
        for (name, value) in object {
            guard let entry = entry(value), entry.range.upperBound <= dataByteCount else {
                throw .damaged("\(path) is damaged or cut off: tensor \(name) does not lie in the file")
            }
            entries[name] = entry
        }
        return (metadata, entries)
    }

    private static func entry(_ value: Any) -> Entry? {
        guard let fields = value as? [String: Any], let name = fields["dtype"] as? String,
            let type = ElementType(rawValue: name), let shape = fields["shape"] as? [Int],
            let offsets = fields["data_offsets"] as? [Int], offsets.count == 2,
            offsets[0] >= 0, offsets[1] >= offsets[0], offsets[1] - offsets[0] == byteCount(of: shape, type)
        else { return nil }
        return Entry(type: type, shape: shape, range: offsets[0]..<offsets[1])
    }

    /// The bytes that `shape` takes; nil when a size is negative, or a product of sizes too large to count with.
    private static func byteCount(of shape: [Int], _ type: ElementType) -> Int? {
        var count = type.byteCount
        for size in shape {
            let (product, overflows) = count.multipliedReportingOverflow(by: max(size, 1))
            guard size >= 0, !overflows else { return nil }
            count = product
        }
        return shape.contains(0) ? 0 : count
    }

    /// Where the bytes of a tensor lie in the file.
    package func place(of name: String) throws(StoreError) -> Range<Int> {
        let entry = try entry(name)
        return dataStart + entry.range.lowerBound..<dataStart + entry.range.upperBound
    }

    /// A tensor's rows, to be used where they lie.
    package func mapped(_ name: String) throws(StoreError) -> MappedRows {
        MappedRows(data, try entry(name), start: try place(of: name).lowerBound)
    }

    /// The SHA-256 of a tensor's bytes.
    package func digest(of name: String) throws(StoreError) -> Digest {
        let place = try place(of: name)
        var hasher = StreamHasher()
        unsafe data.withUnsafeBytes { unsafe hasher.update(UnsafeRawBufferPointer(rebasing: $0[place])) }
        return hasher.finish()
    }

    private func entry(_ name: String) throws(StoreError) -> Entry {
        guard let entry = entries[name] else { throw .damaged("\(path) has no tensor '\(name)'") }
        return entry
    }

    /// Elements `rows` of a one-dimensional tensor, without reading the others.
    package func unsigned(_ name: String, rows: Range<Int>) throws(StoreError) -> [UInt32] {
        let entry = try entry(name, .uint32)
        _ = try width(of: name, entry, rows: rows)
        let start = entry.range.lowerBound + rows.lowerBound * 4
        return copy(start..<(start + rows.count * 4), zero: UInt32(0))
    }

    /// One element of a one-dimensional tensor of bytes.
    package func byte(_ name: String, at index: Int) throws(StoreError) -> UInt8 {
        let entry = try entry(name, .uint8)
        _ = try width(of: name, entry, rows: index..<index + 1)
        return copy(entry.range.lowerBound + index..<entry.range.lowerBound + index + 1, zero: UInt8(0))[0]
    }

    package func floats(_ name: String) throws(StoreError) -> [Float] {
        try elements(name, .float32, zero: Float(0))
    }

    package func unsigned(_ name: String) throws(StoreError) -> [UInt32] {
        try elements(name, .uint32, zero: UInt32(0))
    }

    package func integers(_ name: String) throws(StoreError) -> [Int64] {
        try elements(name, .int64, zero: Int64(0))
    }

    package func bytes(_ name: String) throws(StoreError) -> [UInt8] {
        try elements(name, .uint8, zero: UInt8(0))
    }

    /// The bit patterns of a float16 tensor.
    package func halves(_ name: String) throws(StoreError) -> [UInt16] {
        try elements(name, .float16, zero: UInt16(0))
    }

    /// Rows `rows` of a float32 or float16 tensor, without reading the others.
    package func floats(_ name: String, rows: Range<Int>) throws(StoreError) -> [Float] {
        if entries[name]?.type == .float16 { return try halves(name, rows: rows) }
        let entry = try entry(name, .float32)
        let width = try width(of: name, entry, rows: rows)
        let start = entry.range.lowerBound + rows.lowerBound * width * 4
        return copy(start..<(start + rows.count * width * 4), zero: Float(0))
    }

    private func halves(_ name: String, rows: Range<Int>) throws(StoreError) -> [Float] {
        let entry = try entry(name, .float16)
        let width = try width(of: name, entry, rows: rows)
        let start = entry.range.lowerBound + rows.lowerBound * width * 2
        return copy(start..<(start + rows.count * width * 2), zero: UInt16(0)).map { HalfPrecision.float($0) }
    }

    private func width(of name: String, _ entry: Entry, rows: Range<Int>) throws(StoreError) -> Int {
        guard rows.lowerBound >= 0, rows.upperBound <= entry.shape.first ?? 0 else {
            throw .damaged(
                "\(path) has \(entry.shape.first ?? 0) rows of \(name), not row \(rows.upperBound - 1)")
        }
        return entry.shape.dropFirst().reduce(1, *)
    }

    private func entry(_ name: String, _ type: ElementType) throws(StoreError) -> Entry {
        guard let entry = entries[name], entry.type == type else {
            throw .damaged("\(path) has no tensor '\(name)' of type \(type.rawValue)")
        }
        return entry
    }

    private func elements<Element: BitwiseCopyable>(
        _ name: String, _ type: ElementType, zero: Element
    ) throws(StoreError) -> [Element] {
        copy(try entry(name, type).range, zero: zero)
    }

    private func copy<Element: BitwiseCopyable>(_ range: Range<Int>, zero: Element) -> [Element] {
        var values = [Element](repeating: zero, count: range.count / MemoryLayout<Element>.stride)
        let start = dataStart + range.lowerBound
        unsafe values.withUnsafeMutableBytes { target in
            _ = unsafe data.copyBytes(to: target, from: start..<(start + range.count))
        }
        return values
    }
}
