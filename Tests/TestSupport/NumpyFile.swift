import Foundation

/// An array read from a NumPy `.npy` file (format 1 to 3, little-endian), widened to Double; row-major.
///
/// The header reads `{'descr': '<f4', 'fortran_order': False, 'shape': (49, 64), }`.
package struct NumpyFile {
    package let shape: [Int]
    package let values: [Double]

    package enum Failure: Error {
        case notNumpy(String)
        case unsupported(String)
    }

    package init(contentsOf url: URL) throws {
        let data = try Data(contentsOf: url)
        let bytes = [UInt8](data.prefix(1 << 16))
        guard bytes.count > 12,
            bytes.starts(with: Array("\u{93}NUMPY".unicodeScalars.map { UInt8($0.value) }))
        else { throw Failure.notNumpy(url.lastPathComponent) }
        let lengthSize = bytes[6] == 1 ? 2 : 4
        let length = bytes[8..<8 + lengthSize].reversed().reduce(0) { $0 << 8 | Int($1) }
        let start = 8 + lengthSize + length
        let header = String(decoding: bytes[8 + lengthSize..<start], as: UTF8.self)
        shape = try Self.shape(in: header)
        let flat = try Self.numbers(data.dropFirst(start), type: Self.field("descr", in: header))
        guard flat.count == shape.reduce(1, *) else { throw Failure.unsupported(header) }
        let isColumnMajor = header.contains("'fortran_order': True") && shape.count == 2
        values = isColumnMajor ? Self.transposed(flat, rows: shape[0], columns: shape[1]) : flat
    }

    private static func field(_ name: String, in header: String) throws -> String {
        let parts = header.components(separatedBy: "'")
        guard let index = parts.firstIndex(of: name), index + 2 < parts.count
        else { throw Failure.unsupported(header) }
        return parts[index + 2]
    }

    private static func shape(in header: String) throws -> [Int] {
        guard let open = header.firstIndex(of: "("), let close = header.firstIndex(of: ")")
        else { throw Failure.unsupported(header) }
        return header[open..<close].split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
    }

    private static func numbers(_ data: Data, type: String) throws -> [Double] {
        switch type {
        case "<f4": words(data, UInt32.self).map { Double(Float(bitPattern: $0)) }
        case "<f8": words(data, UInt64.self).map { Double(bitPattern: $0) }
        case "<i2": words(data, Int16.self).map { Double($0) }
        default: throw Failure.unsupported("type \(type)")
        }
    }

    private static func words<Word: FixedWidthInteger & BitwiseCopyable>(_ data: Data, _: Word.Type) -> [Word]
    {
        unsafe data.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count - MemoryLayout<Word>.size + 1, by: MemoryLayout<Word>.size).map {
                Word(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: $0, as: Word.self))
            }
        }
    }

    private static func transposed(_ flat: [Double], rows: Int, columns: Int) -> [Double] {
        (0..<rows * columns).map { flat[$0 % columns * rows + $0 / columns] }
    }
}
