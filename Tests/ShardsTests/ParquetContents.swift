@testable import Shards

/// What stands in a Parquet file of plain pages, for tests.
struct ParquetContents {
    /// A column of a row group.
    struct Page: Equatable {
        var repetitions: [Int] = []
        var definitions: [Int] = []
        var values: [UInt8] = []
    }

    let metadata: ThriftReader.Value
    /// For each row group, the pages by the dotted paths of their columns.
    var groups: [[String: Page]] = []

    init(_ bytes: [UInt8]) {
        let length = Int(bytes.word(bytes.count - 8))
        var footer = ThriftReader(bytes: bytes, index: bytes.count - 8 - length)
        metadata = footer.fields()
        for group in metadata[4]?.list ?? [] {
            var pages: [String: Page] = [:]
            for chunk in group[1]?.list ?? [] {
                let path = (chunk[3]?[3]?.list ?? []).map(\.text)
                let depth = path.count { $0 == "list" }
                pages[path.joined(separator: ".")] = ParquetContents.page(
                    bytes, at: chunk[3]?[9]?.number ?? 0, isNested: depth > 0)
            }
            groups.append(pages)
        }
    }

    private static func page(_ bytes: [UInt8], at offset: Int, isNested: Bool) -> Page {
        var reader = ThriftReader(bytes: bytes, index: offset)
        let header = reader.fields()
        let end = reader.index + (header[3]?.number ?? 0)
        let count = header[5]?[1]?.number ?? 0
        var page = Page()
        if isNested { page.repetitions = levels(&reader, count) }
        page.definitions = levels(&reader, count)
        page.values = Array(bytes[reader.index..<end])
        return page
    }

    /// Levels as runs; what is packed in bits is not read, since none is written.
    private static func levels(_ reader: inout ThriftReader, _ count: Int) -> [Int] {
        let end = reader.index + 4 + Int(reader.bytes.word(reader.index))
        reader.index += 4
        var levels: [Int] = []
        while reader.index < end {
            let run = reader.varint()
            guard run & 1 == 0 else { return [] }
            levels += Array(repeating: Int(reader.bytes[reader.index]), count: run >> 1)
            reader.index += 1
        }
        return levels
    }

    /// Texts and other byte arrays of a page.
    static func texts(_ page: Page?) -> [String] {
        var (texts, left) = ([String](), page?.values[...] ?? [])
        while left.count >= 4 {
            let count = Int(Array(left.prefix(4)).word(0))
            texts.append(String(decoding: left.dropFirst(4).prefix(count), as: UTF8.self))
            left = left.dropFirst(4 + count)
        }
        return texts
    }
}
