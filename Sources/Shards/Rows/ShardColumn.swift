import ContentStore

/// One column of what is exported: a name and what its values are.
package struct ShardColumn: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// An array of `type`; a size of nil differs from row to row.
        case array(ElementType, shape: [Int?])
        case text
        case integer
        /// A waveform as a FLAC file of one channel.
        case audio(sampleRate: Int)
    }

    /// Lowercase letters, digits and underscores, so that it can be a file's ending and a column of a table.
    package let name: String
    package let kind: Kind

    package init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }

    /// Whether its values are arrays of half precision.
    var isHalf: Bool { if case .array(.float16, _) = kind { true } else { false } }

    /// The byte count of a value, where every row's is the same.
    package var fixedByteCount: Int? {
        guard case .array(let type, let shape) = kind else { return nil }
        var count = type.byteCount
        for size in shape {
            guard let size else { return nil }
            count *= size
        }
        return count
    }
}
