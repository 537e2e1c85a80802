/// One named array of an artifact: `shape` counts its elements row by row.
package struct Tensor: Sendable {
    /// The element arrays an artifact can hold; only the first `shape.product` elements are written.
    package enum Elements: Sendable {
        case float32([Float])
        /// Bit patterns of half-precision numbers.
        case float16([UInt16])
        case uint32([UInt32])
        case uint8([UInt8])
        case int64([Int64])
    }

    package let name: String
    package let shape: [Int]
    package let elements: Elements

    package init(_ name: String, shape: [Int], _ elements: Elements) {
        self.name = name
        self.shape = shape
        self.elements = elements
        precondition(
            elements.available >= elementCount,
            "tensor \(name) of shape \(shape) needs \(elementCount) elements, got \(elements.available)")
    }

    /// A one-dimensional tensor of all of `values`.
    package init(_ name: String, _ values: [UInt32]) {
        self.init(name, shape: [values.count], .uint32(values))
    }
    package init(_ name: String, _ values: [Int64]) { self.init(name, shape: [values.count], .int64(values)) }
    package init(_ name: String, _ values: [UInt8]) { self.init(name, shape: [values.count], .uint8(values)) }

    package var type: ElementType { elements.type }
    package var elementCount: Int { shape.reduce(1, *) }
    package var byteCount: Int { elementCount * elements.type.byteCount }

    /// A copy of the bytes that are written, little-endian.
    package func bytes() -> [UInt8] {
        var copy: [UInt8] = []
        unsafe withBytes { unsafe copy.append(contentsOf: $0) }
        return copy
    }

    /// Calls `body` with the bytes that are written, little-endian.
    func withBytes<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
        let count = byteCount
        func prefix(_ all: UnsafeRawBufferPointer) throws(Failure) {
            try unsafe body(UnsafeRawBufferPointer(rebasing: all[0..<count]))
        }
        switch elements {
        case .float32(let values): try unsafe values.withRawBytes(prefix)
        case .float16(let values): try unsafe values.withRawBytes(prefix)
        case .uint32(let values): try unsafe values.withRawBytes(prefix)
        case .uint8(let values): try unsafe values.withRawBytes(prefix)
        case .int64(let values): try unsafe values.withRawBytes(prefix)
        }
    }
}

extension Array where Element: BitwiseCopyable {
    /// `withUnsafeBytes` with typed throws.
    fileprivate func withRawBytes<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let span = span
        try unsafe span.bytes.withUnsafeBytes { (bytes) throws(Failure) in try unsafe body(bytes) }
    }
}

extension Tensor.Elements {
    var available: Int {
        switch self {
        case .float32(let values): values.count
        case .float16(let values): values.count
        case .uint32(let values): values.count
        case .uint8(let values): values.count
        case .int64(let values): values.count
        }
    }

    var type: ElementType {
        switch self {
        case .float32: .float32
        case .float16: .float16
        case .uint32: .uint32
        case .uint8: .uint8
        case .int64: .int64
        }
    }
}

/// The element types of an artifact, with safetensors' names for them.
package enum ElementType: String, Sendable, CaseIterable {
    case float32 = "F32"
    case float16 = "F16"
    case uint32 = "U32"
    case uint8 = "U8"
    case int64 = "I64"

    package var byteCount: Int {
        switch self {
        case .float32, .uint32: 4
        case .float16: 2
        case .uint8: 1
        case .int64: 8
        }
    }
}
