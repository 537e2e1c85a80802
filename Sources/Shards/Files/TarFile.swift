/// A POSIX ustar archive whose bytes depend on its members alone.
///
///     512 bytes of header: name @0 (100), mode @100 "0000644\0", uid, gid, size @124 (11 octal digits), mtime 0,
///     checksum @148 (6 octal digits, NUL, space), type @156 '0', "ustar\0" @257, "00" @263, prefix @345 (155)
///     the data, padded to 512 │ next member … │ two zero blocks, padded to 10 240
///
/// A name that does not fit, over 100 bytes or over 255 with a slash to part it at, stands in a PAX member before its
/// own, of type 'x' and with the data "LENGTH path=NAME\n". Times, owners and groups are 0.
struct TarFile {
    private let file: ShardFile

    init(_ name: String, in folder: ShardFolder) throws(ShardError) { file = try ShardFile(name, in: folder) }

    mutating func append(_ name: String, _ bytes: [UInt8], _ range: Range<Int>) throws(ShardError) {
        try append(name, parts: [(bytes, range)])
    }

    mutating func append(_ name: String, _ text: String) throws(ShardError) {
        let size = text.utf8.count
        try file.append(try TarFile.header(name, size: size))
        try file.append(text)
        try file.pad((512 - size % 512) % 512)
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

    /// What stands before a member's data: one header, or three blocks where the name does not fit one.
    static func header(_ name: String, size: Int) throws(ShardError) -> [UInt8] {
        guard size < 1 << 33 else {
            throw .usage("a member of \(size) bytes does not fit a tar archive, which ends at 8 GiB: \(name)")
        }
        if let (prefix, last) = split(name) {
            return header(last, prefix, size: size, type: UInt8(ascii: "0"))
        }
        var record = paxRecord(name)
        let long = header(Array("././@PaxHeader".utf8), [], size: record.count, type: UInt8(ascii: "x"))
        record += [UInt8](repeating: 0, count: (512 - record.count % 512) % 512)
        return long + record + header(Array(name.utf8.prefix(100)), [], size: size, type: UInt8(ascii: "0"))
    }

    /// `LENGTH path=NAME` and a line's end; the length counts itself.
    private static func paxRecord(_ name: String) -> [UInt8] {
        let rest = " path=\(name)\n"
        var length = rest.utf8.count + 1
        while String(length).utf8.count + rest.utf8.count != length { length += 1 }
        return Array("\(length)\(rest)".utf8)
    }

    /// What all headers have, and the sum of its bytes where that of each stands as spaces.
    private static let common: (bytes: [UInt8], sum: Int) = {
        var bytes = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            bytes.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        put("0000644\0", at: 100)
        put("0000000\0", at: 108)
        put("0000000\0", at: 116)
        put("00000000000", at: 136)
        put("        ", at: 148)
        put("ustar\u{0}00", at: 257)
        return (bytes, bytes.reduce(0) { $0 + Int($1) })
    }()

    private static func header(_ name: [UInt8], _ prefix: [UInt8], size: Int, type: UInt8) -> [UInt8] {
        var (header, sum) = common
        func put(_ byte: UInt8, at place: Int) {
            header[place] = byte
            sum += Int(byte)
        }
        func put(octal number: Int, digits: Int, at place: Int) {
            for digit in 0..<digits {
                put(UInt8(ascii: "0") + UInt8(number >> (3 * (digits - 1 - digit)) & 7), at: place + digit)
            }
        }
        for index in name.indices { put(name[index], at: index) }
        put(octal: size, digits: 11, at: 124)
        put(type, at: 156)
        for index in prefix.indices { put(prefix[index], at: 345 + index) }
        put(octal: sum, digits: 6, at: 148)
        header[154] = 0
        return header
    }

    /// The name in two parts, where it is longer than 100 bytes: it parts at a slash. Nil where it cannot.
    private static func split(_ name: String) -> (prefix: [UInt8], name: [UInt8])? {
        let bytes = Array(name.utf8)
        if bytes.count <= 100 { return ([], bytes) }
        let slash = UInt8(ascii: "/")
        let cut = bytes.indices.last { bytes[$0] == slash && $0 <= 155 && bytes.count - $0 - 1 <= 100 }
        return cut.map { (Array(bytes[..<$0]), Array(bytes[($0 + 1)...])) }
    }
}
