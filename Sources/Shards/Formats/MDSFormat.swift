import ContentStore
import Corpus

/// Mosaic's streaming shards, one folder for each side, with random access and checked hashes.
///
///     train/index.json        {"version": 2, "shards": […]}
///     train/shard.00000.mds   u32 n │ u32 offset [n + 1] │ JSON of the form │ samples
///     sample                  u32 size of each column that varies, then the columns' bytes, sorted by name
///
/// Arrays of one shape are `ndarray:float32:64,64`; others carry their shape: u8 (rank << 2 | 2), u32 sizes, data.
package struct MDSFormat: ShardFormat {
    package static let name = "mds"
    package static let contents: [ExportOutline.Content] = [.examples, .audio, .pairs, .triplets]
    /// Offsets are 32 bits wide.
    static let byteLimit = Int(UInt32.max)

    private let outline: ExportOutline

    package init(_ outline: ExportOutline) { self.outline = outline }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        valueByteCount + rowCount * outline.columns.count * 16 + 1024
    }

    package func writer(_ place: ShardPlace, in folder: String) throws(ShardError) -> any ShardWriter {
        try MDSWriter(outline, place, in: folder)
    }

    package func finish(_ receipts: [ShardReceipt], in folder: String) throws(ShardError) -> [WrittenFile] {
        var written: [WrittenFile] = []
        for split in outline.splits {
            let shards = receipts.filter { $0.side == split.side }.flatMap { $0.notes["shard"] ?? [] }
            let text = "{\"shards\": [\(shards.joined(separator: ", "))], \"version\": 2}\n"
            written.append(try ShardFile.write(text, to: "\(split.name)/index.json", in: folder))
        }
        return written
    }

    package var loader: String {
        """
        # pip install mosaicml-streaming
        import pathlib, sys
        import torch
        from streaming import StreamingDataset

        FOLDER = pathlib.Path(__file__).resolve().parent

        def dataset(split="train", **options):
            # Ranks and workers are divided by StreamingDataset itself; hashes are checked on the way.
            return StreamingDataset(local=str(FOLDER / split), batch_size=options.pop("batch_size", 1),
                                    validate_hash="sha256", shuffle=False, **options)

        if __name__ == "__main__":
            rows = dataset(sorted(p.parent.name for p in FOLDER.glob("*/shard.00000.mds"))[-1])
            loader = torch.utils.data.DataLoader(rows, batch_size=None, num_workers=2)
            print(sum(1 for _ in loader), "rows of", len(rows))

        """
    }
}

/// Writes one shard. Where samples begin is only known at the end; room is left for it.
struct MDSWriter: ShardWriter {
    private let outline: ExportOutline
    private let place: ShardPlace
    private let file: ShardFile
    /// Columns by name, as the form wants them; −1 stands for the key.
    private let order: [Int]
    private let form: String
    private var offsets: [Int] = []

    init(_ outline: ExportOutline, _ place: ShardPlace, in folder: String) throws(ShardError) {
        self.outline = outline
        self.place = place
        let names = outline.columns.enumerated().map { ($1.name, $0) } + [("key", -1)]
        order = names.sorted { $0.0.precedesByBytes($1.0) }.map(\.1)
        form = MDSWriter.form(outline, order)
        file = try ShardFile(
            "\(place.folder)/" + place.numbered("shard.", digits: 5) + ".mds", in: folder, isPatched: true)
        try file.pad(4 + 4 * (place.rowCount + 1))
        try file.append("{\(form)}")
        offsets.append(file.byteCount)
    }

    /// The fields that stand in every shard and in the index, sorted.
    private static func form(_ outline: ExportOutline, _ order: [Int]) -> String {
        var (encodings, names, sizes): ([String], [String], [String]) = ([], [], [])
        for index in order {
            let column = index < 0 ? ShardColumn("key", .text) : outline.columns[index]
            names.append(JSONText.quoted(column.name))
            encodings.append(JSONText.quoted(encoding(column)))
            sizes.append(column.kind == .integer ? "8" : column.fixedByteCount.map(String.init) ?? "null")
        }
        return "\"column_encodings\": [\(encodings.joined(separator: ", "))], \"column_names\": "
            + "[\(names.joined(separator: ", "))], \"column_sizes\": [\(sizes.joined(separator: ", "))], "
            + "\"compression\": null, \"format\": \"mds\", \"hashes\": [\"sha256\"], \"size_limit\": null, \"version\": 2"
    }

    private static func encoding(_ column: ShardColumn) -> String {
        switch column.kind {
        case .integer: return "int"
        case .text: return "str"
        case .audio: return "bytes"
        case .array(let type, let shape):
            let sizes = shape.compactMap { $0 }
            return sizes.count == shape.count && !sizes.isEmpty
                ? "ndarray:\(type):\(sizes.map(String.init).joined(separator: ","))" : "ndarray:\(type)"
        }
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        var heads: [Int: [UInt8]] = [:]
        var sizes: [UInt8] = []
        for index in order {
            guard let size = size(of: index, row, &heads) else { continue }
            sizes += ByteText.little(UInt32(size))
        }
        try file.append(sizes)
        for index in order {
            guard index >= 0 else {
                try file.append(row.key)
                continue
            }
            switch row.values[index] {
            case .integer(let number): try file.append(integer: number)
            case .text(let text): try file.append(text)
            case .audio(_, let bytes): try file.append(row.bytes, bytes)
            case .array(_, let bytes):
                if let head = heads[index] { try file.append(head) }
                try file.append(row.bytes, bytes)
            }
        }
        guard file.byteCount <= MDSFormat.byteLimit else {
            throw .usage(
                "\(file.name) grew over 4 GiB, which is all that MDS can address; choose a smaller --shard-size"
            )
        }
        offsets.append(file.byteCount)
    }

    /// The size that stands before a sample for a column that varies; nil for one that does not.
    private func size(of index: Int, _ row: ShardRow, _ heads: inout [Int: [UInt8]]) -> Int? {
        guard index >= 0 else { return row.key.utf8.count }
        switch row.values[index] {
        case .integer: return nil
        case .text(let text): return text.utf8.count
        case .audio(_, let bytes): return bytes.count
        case .array(let shape, let bytes):
            guard outline.columns[index].fixedByteCount == nil else { return nil }
            let head = [UInt8(shape.count << 2 | 2)] + shape.flatMap { ByteText.little(UInt32($0)) }
            heads[index] = head
            return head.count + bytes.count
        }
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        let rowCount = offsets.count - 1
        try file.patch(
            ByteText.little(UInt32(rowCount)) + offsets.flatMap { ByteText.little(UInt32($0)) }, at: 0)
        let written = try file.finish()
        let base = JSONText.quoted(String(written.name.dropFirst(place.folder.count + 1)))
        let shard =
            "{\(form), \"raw_data\": {\"basename\": \(base), \"bytes\": \(written.byteCount), \"hashes\": "
            + "{\"sha256\": \"\(written.sha256)\"}}, \"samples\": \(rowCount), \"zip_data\": null}"
        return ShardReceipt(place, rowCount: rowCount, files: [written], notes: ["shard": [shard]])
    }
}
