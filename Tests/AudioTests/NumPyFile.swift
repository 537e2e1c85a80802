import Foundation

/// Reads the one-dimensional little-endian arrays that the reference vectors are stored as.
///
///     \x93NUMPY 1 0 headerLength:2 {'descr': '<f4', 'fortran_order': False, 'shape': (11340,), }\n values
struct NumPyFile {
    private let body: ArraySlice<UInt8>
    private let kind: Substring

    init(_ url: URL) throws {
        let bytes = [UInt8](try Data(contentsOf: url))
        let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
        let header = String(decoding: bytes[10..<start], as: UTF8.self)
        kind = header.split(separator: "'")[3]
        body = bytes[start...]
    }

    var words: [Int16] {
        precondition(kind == "<i2", "values of kind \(kind) where <i2 is expected")
        return integers(width: 2).map { Int16(truncatingIfNeeded: $0) }
    }

    var floats: [Float] {
        precondition(kind == "<f4", "values of kind \(kind) where <f4 is expected")
        return integers(width: 4).map { Float(bitPattern: $0) }
    }

    private func integers(width: Int) -> [UInt32] {
        stride(from: body.startIndex, to: body.endIndex, by: width).map { start in
            (0..<width).reduce(0) { $0 | UInt32(body[start + $1]) << UInt32(8 * $1) }
        }
    }
}
