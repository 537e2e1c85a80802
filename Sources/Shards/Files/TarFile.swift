/// A POSIX ustar archive whose bytes depend on its members alone.
///
///     512 bytes of header: name @0 (100), mode @100 "0000644\0", uid, gid, size @124 (11 octal digits), mtime 0,
///     checksum @148 (6 octal digits, NUL, space), type @156 '0', "ustar\0" @257, "00" @263, prefix @345 (155)
///     the data, padded to 512 │ next member … │ two zero blocks, padded to 10 240
///
/// Times, owners and groups are 0.
struct TarFile {
    private let file: ShardFile

    init(_ name: String, in folder: String) throws(ShardError) { file = try ShardFile(name, in: folder) }

    mutating func append(_ name: String, _ bytes: [UInt8], _ range: Range<Int>) throws(ShardError) {
        try append(name, parts: [(bytes, range)])
    }

    mutating func append(_ name: String, _ text: String) throws(ShardError) {
        let bytes = Array(text.utf8)
        try append(name, parts: [(bytes, bytes.indices)])
    }

    /// Appends one member whose data are the `parts` one after another.
    mutating func append(_ name: String, parts: [(bytes: [UInt8], range: Range<Int>)]) throws(ShardError) {
        let size = parts.reduce(0) { $0 + $1.range.count }
        try file.append(try TarFile.header(name, size: size))
        for part in parts { try file.append(part.bytes, part.range) }
        try file.pad((512 - size % 512) % 512)
    }

    mutating func finish() throws(ShardError) -> WrittenFile {
        try file.pad(1024)
        try file.pad((10_240 - file.byteCount % 10_240) % 10_240)
        return try file.finish()
    }

    static func header(_ name: String, size: Int) throws(ShardError) -> [UInt8] {
        guard size < 1 << 33 else {
            throw .usage("a member of \(size) bytes does not fit a tar archive, which ends at 8 GiB: \(name)")
        }
        let (prefix, last) = try split(name)
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: some Sequence<UInt8>, at offset: Int) {
            for (index, byte) in text.enumerated() { header[offset + index] = byte }
        }
        put(last, at: 0)
        put("0000644\0".utf8, at: 100)
        put("0000000\0".utf8, at: 108)
        put("0000000\0".utf8, at: 116)
        put(octal(size, digits: 11).utf8, at: 124)
        put(octal(0, digits: 11).utf8, at: 136)
        put("        ".utf8, at: 148)
        put("0".utf8, at: 156)
        put("ustar\u{0}00".utf8, at: 257)
        put(prefix, at: 345)
        put((octal(header.reduce(0) { $0 + Int($1) }, digits: 6) + "\0 ").utf8, at: 148)
        return header
    }

    private static func octal(_ number: Int, digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    /// The name in two parts, where it is longer than 100 bytes: it parts at a slash.
    private static func split(_ name: String) throws(ShardError) -> (prefix: [UInt8], name: [UInt8]) {
        let bytes = Array(name.utf8)
        if bytes.count <= 100 { return ([], bytes) }
        let slash = UInt8(ascii: "/")
        guard
            let cut = bytes.indices.last(where: {
                bytes[$0] == slash && $0 <= 155 && bytes.count - $0 - 1 <= 100
            })
        else {
            throw .usage(
                "the name \(name) does not fit a tar archive, which takes 100 bytes; give the utterance a shorter id"
            )
        }
        return (Array(bytes[..<cut]), Array(bytes[(cut + 1)...]))
    }
}
