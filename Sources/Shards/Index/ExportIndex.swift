import ContentStore
import Corpus
internal import Foundation

/// What an export is made of: `index.json` in its folder, written last. By it the export is checked without its
/// workspace.
package struct ExportIndex: Codable, Sendable, Hashable {
    /// What was asked; an unfinished export goes on only with the same.
    package struct Request: Codable, Sendable, Hashable {
        /// Version of the exported forms; another one starts anew.
        package var revision = 1
        package var recipe: String
        /// The dataset's digest.
        package var dataset: String
        package var format: String
        package var content: ExportOutline.Content
        package var splits: [Side]
        package var rowsPerShard: Int
        /// The seed of the global permutation, or nil for the dataset's own order.
        package var shuffle: UInt64?
        /// An SPDX identifier or an address, where the user named one.
        package var license: String?

        package init(
            recipe: String, dataset: String, format: String, content: ExportOutline.Content, splits: [Side],
            rowsPerShard: Int,
            shuffle: UInt64?, license: String? = nil
        ) {
            self.recipe = recipe
            self.dataset = dataset
            self.format = format
            self.content = content
            self.splits = splits
            self.rowsPerShard = rowsPerShard
            self.shuffle = shuffle
            self.license = license
        }
    }

    package struct Split: Codable, Sendable, Hashable {
        package let name: Side
        package let rows: Int
        package let shards: [Shard]
    }

    package struct Shard: Codable, Sendable, Hashable {
        package let rows: Int
        package let files: [WrittenFile]
    }

    package let request: Request
    /// Name and kind of each column, in order.
    package let columns: [[String]]
    package let splits: [Split]
    /// The files that are no shards.
    package let files: [WrittenFile]
    /// SHA-256 over the sorted (name, SHA-256) lines of all files: one line to compare two exports by.
    package let digest: String

    package init(
        _ request: Request, outline: ExportOutline, receipts: [ShardReceipt], files: [WrittenFile]
    ) {
        self.request = request
        columns = outline.columns.map { [$0.name, ExportIndex.describe($0.kind)] }
        splits = outline.splits.map { split in
            let own = receipts.filter { $0.side == split.side }
            return Split(
                name: split.side, rows: own.reduce(0) { $0 + $1.rowCount },
                shards: own.map { Shard(rows: $0.rowCount, files: $0.files) })
        }
        self.files = files.sorted { $0.name.precedesByBytes($1.name) }
        digest = ExportIndex.digest(of: receipts.flatMap(\.files) + files)
    }

    /// All files, in byte order of their names.
    package var allFiles: [WrittenFile] {
        (splits.flatMap(\.shards).flatMap(\.files) + files).sorted { $0.name.precedesByBytes($1.name) }
    }

    package static func digest(of files: [WrittenFile]) -> String {
        var hasher = StreamHasher()
        for file in files.sorted(by: { $0.name.precedesByBytes($1.name) }) {
            hasher.update(Array("\(file.sha256)  \(file.name)\n".utf8))
        }
        return hasher.finish().hex
    }

    /// The text of `index.json`.
    package func text() throws(ShardError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        do {
            return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
        } catch {
            throw .refused("the index cannot be written as JSON: \(error)")
        }
    }

    private static func describe(_ kind: ShardColumn.Kind) -> String {
        switch kind {
        case .text: "text"
        case .integer: "int64"
        case .audio(let rate): "flac \(rate) Hz"
        case .array(let type, let shape):
            "\(type) [" + shape.map { $0.map(String.init) ?? "any" }.joined(separator: ", ") + "]"
        }
    }
}
