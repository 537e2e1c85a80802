/// Rows of a CSV file (RFC 4180), parted by commas or, where its first line holds one, by tabs. A field in double
/// quotes may hold separators, line ends and doubled quotes.
struct DelimitedText {
    struct Row {
        /// The line of the file it begins on, from 1.
        let line: Int
        let fields: [String]
    }

    /// Rows that hold something.
    private(set) var rows: [Row] = []

    init(_ bytes: [UInt8], path: String) throws(StageError) {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        let separator = content.prefix { $0 != 10 }.contains(9) ? UInt8(9) : UInt8(ascii: ",")
        var parser = Parser(path: path, separator: separator)
        for byte in content { try parser.take(byte) }
        try parser.finish()
        rows = parser.rows
    }

    private struct Parser {
        let path: String
        let separator: UInt8
        private(set) var rows: [Row] = []
        private var fields: [String] = []
        private var field: [UInt8] = []
        private var isQuoted = false
        /// The last byte was a quote inside a quoted field: its end, or the first of two.
        private var sawQuote = false
        private var line = 1
        private var firstLine = 1

        init(path: String, separator: UInt8) { (self.path, self.separator) = (path, separator) }

        mutating func take(_ byte: UInt8) throws(StageError) {
            let quote = UInt8(ascii: "\"")
            if sawQuote {
                sawQuote = false
                if byte == quote {
                    field.append(byte)
                    return
                }
                isQuoted = false
            }
            if isQuoted {
                if byte == quote { sawQuote = true } else { field.append(byte) }
                if byte == 10 { line += 1 }
            } else if byte == quote && field.allSatisfy({ $0 == 32 }) {
                field.removeAll()
                isQuoted = true
            } else if byte == separator {
                try endField()
            } else if byte == 10 {
                try endRow()
            } else {
                field.append(byte)
            }
        }

        mutating func finish() throws(StageError) {
            guard !isQuoted || sawQuote else {
                throw .failed("\(path):\(firstLine): a quoted field is not closed")
            }
            if !field.isEmpty || !fields.isEmpty { try endRow() }
        }

        private mutating func endField() throws(StageError) {
            let isBlank: (UInt8) -> Bool = { $0 == 32 || $0 == 13 || $0 == 9 }
            var text = field[...].drop(while: isBlank)
            while let last = text.last, isBlank(last) { text.removeLast() }
            guard let valid = String(validating: text, as: UTF8.self) else {
                throw .failed("\(path):\(line): this is not UTF-8 text")
            }
            fields.append(valid)
            field.removeAll(keepingCapacity: true)
        }

        private mutating func endRow() throws(StageError) {
            try endField()
            if fields.contains(where: { !$0.isEmpty }) { rows.append(Row(line: firstLine, fields: fields)) }
            fields.removeAll(keepingCapacity: true)
            line += 1
            firstLine = line
        }
    }
}
