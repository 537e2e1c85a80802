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
    /// What the values refer to. What an earlier row left may stand behind.
    package private(set) var bytes: [UInt8] = []
    /// How many of them are this row's.
    private var usedCount = 0

    package init() {}

    /// Forgets the row and keeps the storage.
    package mutating func removeAll() {
        values.removeAll(keepingCapacity: true)
        usedCount = 0
    }

    /// Appends an array's bytes as the next value.
    package mutating func append(shape: [Int], _ array: UnsafeRawBufferPointer) {
        let range = take(array.count)
        unsafe bytes.withUnsafeMutableBytes { unsafe $0[range].copyBytes(from: array) }
        values.append(.array(shape: shape, bytes: range))
    }

    /// Appends an array of `byteCount` bytes, which `fill` writes: all of them.
    package mutating func append(
        shape: [Int], byteCount: Int, fill: (UnsafeMutableRawBufferPointer) throws -> Void
    ) throws {
        let range = take(byteCount)
        try unsafe bytes.withUnsafeMutableBytes {
            try unsafe fill(UnsafeMutableRawBufferPointer(rebasing: $0[range]))
        }
        values.append(.array(shape: shape, bytes: range))
    }

    /// Appends an array of `byteCount` bytes as the next value, of which no more is known.
    package mutating func announce(shape: [Int], byteCount: Int) {
        values.append(.array(shape: shape, bytes: usedCount..<usedCount + byteCount))
        usedCount += byteCount
    }

    /// Appends a file of audio as the next value.
    package mutating func append(audio: [UInt8], sampleCount: Int) {
        let range = take(audio.count)
        bytes.replaceSubrange(range, with: audio)
        values.append(.audio(sampleCount: sampleCount, bytes: range))
    }

    /// Room for the next `count` bytes.
    private mutating func take(_ count: Int) -> Range<Int> {
        let range = usedCount..<usedCount + count
        usedCount = range.upperBound
        if bytes.count < usedCount {
            bytes.append(contentsOf: repeatElement(0, count: usedCount - bytes.count))
        }
        return range
    }
}
