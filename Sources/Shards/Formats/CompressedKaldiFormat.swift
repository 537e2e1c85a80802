/// Kaldi data directories with matrices of 16 bits a value.
package struct CompressedKaldiFormat: ShardFormat {
    package static let name = "kaldi-compressed"
    package static let contents: [ExportOutline.Content] = [.examples]

    private let plain: KaldiFormat

    package init(_ outline: ExportOutline) throws(ShardError) {
        plain = try KaldiFormat(outline, isCompressed: true)
    }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int { rowCount * 512 + valueByteCount }
    package func writer(_ place: ShardPlace, in folder: ShardFolder) throws(ShardError) -> any ShardWriter {
        try plain.writer(place, in: folder)
    }
    package func finish(_ receipts: [ShardReceipt], in folder: String) throws(ShardError) -> [WrittenFile] {
        try plain.finish(receipts, in: folder)
    }
    package var loader: String { plain.loader }
}
