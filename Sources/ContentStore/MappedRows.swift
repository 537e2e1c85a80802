internal import Foundation

/// A tensor in a mapped file, row by row: nothing is read before it is used, and no row is copied.
package struct MappedRows: Sendable {
    package let type: ElementType
    /// The shape of one row.
    package let rowShape: [Int]
    /// How many rows.
    package let count: Int
    private let data: Data
    private let start: Int
    private let rowByteCount: Int

    init(_ data: Data, _ entry: TensorFileReader.Entry, start: Int) {
        self.data = data
        self.start = start
        type = entry.type
        count = entry.shape.first ?? 0
        rowShape = Array(entry.shape.dropFirst())
        rowByteCount = rowShape.reduce(entry.type.byteCount, *)
    }

    /// Calls `body` with the bytes of row `row`, little-endian, in the file's own memory.
    package func withRow<Result>(_ row: Int, _ body: (RawSpan) -> Result) -> Result {
        precondition(row >= 0 && row < count, "row \(row) of \(count)")
        let place = start + row * rowByteCount
        return unsafe data.withUnsafeBytes { bytes in
            let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[place..<place + rowByteCount])
            return unsafe body(RawSpan(_unsafeBytes: part))
        }
    }
}
