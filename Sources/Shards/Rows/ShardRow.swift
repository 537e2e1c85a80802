/// One row on its way into a shard. The worker that fills it uses it again for the next, with its storage.
package struct ShardRow: Sendable {
    package enum Value: Sendable, Hashable {
        case text(String)
        case integer(Int)
        /// Little-endian numbers, row by row, in `bytes`.
        case array(shape: [Int], bytes: Range<Int>)
        /// A FLAC file, or what the form wants, in `bytes`, with how many samples it holds.
        case audio(sampleCount: Int, bytes: Range<Int>)
    }

    /// The name of the row: letters, digits, `_` and `-`, no dot and no slash; unique in the export, the speaker first.
    package var key = ""
    /// One for each column, in their order.
    package var values: [Value] = []
    /// What the values refer to.
    package var bytes: [UInt8] = []

    package init() {}

    /// Forgets the row and keeps the storage.
    package mutating func removeAll() {
        values.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Appends an array's bytes as the next value.
    package mutating func append(shape: [Int], _ array: UnsafeRawBufferPointer) {
        let start = bytes.count
        unsafe bytes.append(contentsOf: array)
        values.append(.array(shape: shape, bytes: start..<bytes.count))
    }

    /// Appends an array of `byteCount` bytes, which `fill` writes.
    package mutating func append(
        shape: [Int], byteCount: Int, fill: (UnsafeMutableRawBufferPointer) throws -> Void
    ) throws {
        let range = bytes.count..<bytes.count + byteCount
        bytes.append(contentsOf: repeatElement(0, count: byteCount))
        try unsafe bytes.withUnsafeMutableBytes {
            try unsafe fill(UnsafeMutableRawBufferPointer(rebasing: $0[range]))
        }
        values.append(.array(shape: shape, bytes: range))
    }

    /// Appends a file of audio as the next value.
    package mutating func append(audio: [UInt8], sampleCount: Int) {
        let start = bytes.count
        bytes.append(contentsOf: audio)
        values.append(.audio(sampleCount: sampleCount, bytes: start..<bytes.count))
    }
}
