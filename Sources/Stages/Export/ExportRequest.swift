import Corpus
import Shards

/// What an export is asked for.
package struct ExportRequest: Sendable {
    package var format: String
    package var content: ExportOutline.Content
    /// Nil for every side that has rows.
    package var sides: [Side]?
    package var rowsPerShard: Int?
    package var shardBytes: Int
    /// The seed of a global permutation; nil for the dataset's order.
    package var shuffle: UInt64?
    package var jobs: Int
    /// An SPDX identifier or an address of the licence, for the metadata.
    package var license: String?

    package init(
        format: String, content: ExportOutline.Content = .examples, sides: [Side]? = nil,
        rowsPerShard: Int? = nil,
        shardBytes: Int = 256_000_000, shuffle: UInt64? = nil, jobs: Int, license: String? = nil
    ) {
        self.format = format
        self.content = content
        self.sides = sides
        self.rowsPerShard = rowsPerShard
        self.shardBytes = shardBytes
        self.shuffle = shuffle
        self.jobs = jobs
        self.license = license
    }
}

/// What an export will write, known before it starts.
package struct ExportEstimate: Encodable, Sendable {
    package let rows: [String: Int]
    package let shards: Int
    package let rowsPerShard: Int
    /// About, where audio is encoded.
    package let bytes: Int
    package let freeBytes: Int?
}

/// What an export has written.
package struct ExportReport: Encodable, Sendable {
    package let out: String
    package let format: String
    package let dataset: String
    package let rows: [String: Int]
    package let shards: Int
    package let files: Int
    package let bytes: Int
    /// Over all files: one line to compare two exports by.
    package let digest: String
    /// Shards that were there from an export that had been broken off.
    package let resumed: Int
    /// Whether all of it was there already.
    package let wasThere: Bool
    /// Examples that were made again from their audio and found equal; nil where nothing was looked at.
    package let checkedExamples: Int?
    package let seconds: Double
}
