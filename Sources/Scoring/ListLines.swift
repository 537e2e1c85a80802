import Foundation

/// The lines of a list of trials or scores, cut into fields by blanks; empty lines are passed over.
struct ListLines {
    struct Field {
        let bytes: ArraySlice<UInt8>
        /// Counted in characters from 1.
        let column: Int
    }

    struct Line {
        let number: Int
        let fields: [Field]
        /// Just after the last character, where a missing field would stand.
        let endColumn: Int
    }

    let path: String
    /// One copy of each name: half a million trials name few utterances.
    private var names: [ArraySlice<UInt8>: String] = [:]

    init(path: String) { self.path = path }

    static func bytes(path: String) throws(ScoringError) -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw ScoringError("cannot read \(path): \(error.localizedDescription)")
        }
    }

    /// Reads the lines of a file one after another.
    mutating func read(
        _ bytes: [UInt8], _ take: (inout ListLines, Line) throws(ScoringError) -> Void
    ) throws(ScoringError) {
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var number = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            number += 1
            let line = ListLines.line(bytes[start..<end], number)
            if !line.fields.isEmpty { try take(&self, line) }
            start = end + 1
        }
    }

    private static func line(_ bytes: ArraySlice<UInt8>, _ number: Int) -> Line {
        var fields: [Field] = []
        var column = 1
        var begin: (index: Int, column: Int)?
        for index in bytes.indices {
            let byte = bytes[index]
            let isBlank = byte == 32 || byte == 9 || byte == 13
            if isBlank, let field = begin {
                fields.append(Field(bytes: bytes[field.index..<index], column: field.column))
                begin = nil
            }
            if !isBlank, begin == nil { begin = (index, column) }
            // The following bytes of a UTF-8 character are no column of their own.
            if byte & 0xC0 != 0x80 { column += 1 }
        }
        if let field = begin {
            fields.append(Field(bytes: bytes[field.index...], column: field.column))
        }
        return Line(number: number, fields: fields, endColumn: column)
    }

    mutating func name(_ field: Field, _ line: Line) throws(ScoringError) -> String {
        if let known = names[field.bytes] { return known }
        guard let name = String(validating: field.bytes, as: UTF8.self) else {
            throw wrong(line, field.column, "this is not UTF-8 text")
        }
        names[field.bytes] = name
        return name
    }

    func wrong(_ line: Line, _ column: Int, _ reason: String) -> ScoringError {
        ScoringError("\(path):\(line.number):\(column): \(reason)")
    }

    /// A field as messages quote it.
    static func quoted(_ field: Field) -> String {
        "'\(String(decoding: field.bytes.prefix(60), as: UTF8.self))'"
    }
}
