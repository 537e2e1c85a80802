import ContentStore

/// The head of a NumPy file, version 1.0, as `numpy.save` writes it.
///
///     "\x93NUMPY" 01 00 | u16 length | {'descr': '<f4', 'fortran_order': False, 'shape': (64, 64), } spaces "\n"
///
/// padded so that the data begins at a multiple of 64.
enum NPYHeader {
    static func bytes(_ type: ElementType, shape: [Int]) -> [UInt8] { bytes(descriptor(type), shape: shape) }

    /// The head of `count` texts of `width` bytes, padded with zeros.
    static func text(width: Int, count: Int) -> [UInt8] { bytes("|S\(width)", shape: [count]) }

    private static func bytes(_ descriptor: String, shape: [Int]) -> [UInt8] {
        let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        var text = "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': (\(sizes)), }"
        // numpy reserves room for the first size to grow to 21 digits; the padding is what it makes of it.
        if let first = shape.first {
            text += String(repeating: " ", count: max(0, 21 - String(first).count))
        }
        text += String(repeating: " ", count: (64 - (10 + text.utf8.count + 1) % 64) % 64) + "\n"
        let count = text.utf8.count
        return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(count & 255), UInt8(count >> 8)] + Array(text.utf8)
    }

    static func descriptor(_ type: ElementType) -> String {
        switch type {
        case .float32: "<f4"
        case .float16: "<f2"
        case .uint32: "<u4"
        case .uint8: "|u1"
        case .int64: "<i8"
        }
    }
}
