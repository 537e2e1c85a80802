import ContentStore
import Corpus

/// A form that other trainers read. One file per format holds the picture of its bytes, its writer and its index.
package protocol ShardFormat: Sendable {
    /// The word for it on the command line.
    static var name: String { get }
    /// What it can carry.
    static var contents: [ExportOutline.Content] { get }

    /// How it wants waveforms.
    static var audioCoding: AudioCoding { get }

    /// Whether shards have a bounded number of rows, or each side is one file.
    var isSharded: Bool { get }

    /// Throws one sentence for what the form cannot hold.
    init(_ outline: ExportOutline) throws(ShardError)

    /// About the bytes of a shard of `rowCount` rows whose values take `valueByteCount` bytes.
    func byteCount(rowCount: Int, valueByteCount: Int) -> Int

    /// What writes one shard below `folder`.
    func writer(_ place: ShardPlace, in folder: ShardFolder) throws(ShardError) -> any ShardWriter

    /// Writes what stands beside the shards, once all are there; `receipts` are in order of side and number. It need not
    /// be on disk yet: the whole folder is brought there before it gets its name.
    func finish(_ receipts: [ShardReceipt], in folder: String) throws(ShardError) -> [WrittenFile]

    /// Writes references to the rows of a side, such as pairs, where the form has a place for them: `tensors` count
    /// rows from 0 in the order of the shards. No files where it has none.
    func writeReferences(
        _ name: String, _ side: Side, _ tensors: [Tensor], in folder: String
    ) throws(ShardError) -> [WrittenFile]

    /// Lines for the head of the README, beyond which files each split has; none where `datasets` needs no more.
    var cardLines: [String] { get }

    /// A program in Python that reads the export with its real reader, for the README that lies beside it: a
    /// `Dataset` or `IterableDataset` that is right under several workers and ranks.
    var loader: String { get }
}

extension ShardFormat {
    package static var audioCoding: AudioCoding { .flac }
    package var isSharded: Bool { true }
    package var cardLines: [String] { [] }
    package func writeReferences(
        _ name: String, _ side: Side, _ tensors: [Tensor], in folder: String
    ) throws(ShardError) -> [WrittenFile] { [] }
    package func finish(_ receipts: [ShardReceipt], in folder: String) throws(ShardError) -> [WrittenFile] {
        []
    }
}

/// Writes one shard: its rows in order, then `finish`, once.
package protocol ShardWriter {
    /// Whether it puts in front what only all rows together say, and so wants to hear of them before they come. Where
    /// nobody can tell, it leaves room and writes the front last.
    var wantsAnnouncement: Bool { get }

    /// Is told of a row that will come: all of it but the bytes of its arrays. Rows are announced in their order, all of
    /// them or none, before the first is appended.
    mutating func announce(_ row: ShardRow) throws(ShardError)

    /// Whether rows that were announced may come with the values of their arrays alone, which then stand first, and
    /// without a key.
    var takesArraysAlone: Bool { get }

    mutating func append(_ row: ShardRow) throws(ShardError)
    mutating func finish() throws(ShardError) -> ShardReceipt
}

extension ShardWriter {
    package var wantsAnnouncement: Bool { false }
    package var takesArraysAlone: Bool { false }
    package mutating func announce(_ row: ShardRow) throws(ShardError) {}
}
