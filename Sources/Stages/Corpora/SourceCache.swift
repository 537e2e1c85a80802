import ContentStore

/// What the manifest remembers of a pack's files: for each, its path, its state and the digest it had.
///
/// A file in the same place with the same size, times and inode has the same bytes, and is not read again to know
/// them. This is a cache: it enters no key, and losing it costs one reading.
enum SourceCache {
    private struct Entry {
        let state: FileState
        let digest: Digest
    }

    /// The remembered bytes for `pack`, from the digests its files had; files without one are left out.
    static func encode(_ utterances: [SourceUtterance]) -> [UInt8] {
        var bytes: [UInt8] = []
        for utterance in utterances {
            guard let digest = utterance.digest else { continue }
            let path = Array(utterance.relativePath.utf8)
            append(UInt64(path.count), to: &bytes)
            bytes += path
            append(UInt64(bitPattern: utterance.state.byteCount), to: &bytes)
            append(UInt64(bitPattern: utterance.state.modified), to: &bytes)
            append(UInt64(bitPattern: utterance.state.changed), to: &bytes)
            append(utterance.state.inode, to: &bytes)
            digest.append(to: &bytes)
        }
        return bytes
    }

    /// Gives the utterances whose files did not change the digests remembered for them.
    static func apply(_ bytes: [UInt8], to utterances: inout [SourceUtterance]) {
        var reader = Reader(bytes: bytes)
        var next = utterances.startIndex
        // Both are in the same order, so a file is mostly the next one.
        while let (path, entry) = reader.next() {
            let found = utterances[next...].firstIndex { reader.isPath(path, $0.relativePath) }
            guard let found else { continue }
            if utterances[found].state == entry.state { utterances[found].digest = entry.digest }
            next = found + 1
        }
        applyToParts(&utterances)
    }

    /// A part of a recording that came new has the digest of its neighbors.
    private static func applyToParts(_ utterances: inout [SourceUtterance]) {
        guard utterances.contains(where: { $0.range != nil && $0.digest == nil }) else { return }
        var known: [String: (state: FileState, digest: Digest)] = [:]
        for item in utterances {
            if let digest = item.digest { known[item.path] = (item.state, digest) }
        }
        for index in utterances.indices where utterances[index].digest == nil {
            guard let found = known[utterances[index].path], found.state == utterances[index].state else {
                continue
            }
            utterances[index].digest = found.digest
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        /// The next entry, or nil at the end or where the bytes make no sense.
        mutating func next() -> (path: Range<Int>, entry: Entry)? {
            guard let length = integer(), length < 65536, position + Int(length) + 64 <= bytes.count else {
                return nil
            }
            let path = position..<(position + Int(length))
            position = path.upperBound
            guard let byteCount = integer(), let modified = integer(), let changed = integer(),
                let inode = integer()
            else { return nil }
            let digest = Digest(bytes, at: position)
            position += 32
            let state = FileState(
                byteCount: Int64(bitPattern: byteCount), modified: Int64(bitPattern: modified),
                changed: Int64(bitPattern: changed), inode: inode)
            return (path, Entry(state: state, digest: digest))
        }

        /// Whether the remembered path is this one.
        func isPath(_ range: Range<Int>, _ path: String) -> Bool {
            guard path.utf8.count == range.count else { return false }
            var position = range.lowerBound
            for byte in path.utf8 {
                if bytes[position] != byte { return false }
                position += 1
            }
            return true
        }

        private mutating func integer() -> UInt64? {
            guard position + 8 <= bytes.count else { return nil }
            var value: UInt64 = 0
            for index in 0..<8 { value |= UInt64(bytes[position + index]) << UInt64(index * 8) }
            position += 8
            return value
        }
    }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(index * 8))) }
    }
}
