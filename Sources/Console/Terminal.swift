import Foundation

/// Where people read: results on standard output, everything else on standard error.
package enum Terminal {
    package static func complain(_ message: String) { note("twinset: \(plain(message))") }

    /// A text in which what would steer a terminal, or break a line of a table, is written out: names of files and what
    /// stands in damaged lists may hold anything.
    package static func plain(_ text: String, line isLine: Bool = false) -> String {
        let isClean = text.unicodeScalars.allSatisfy { !isControl($0, isLine) }
        return isClean
            ? text
            : text.unicodeScalars.reduce(into: "") { shown, scalar in
                if isControl(scalar, isLine) {
                    shown += scalar.escaped(asASCII: false)
                } else {
                    shown.unicodeScalars.append(scalar)
                }
            }
    }

    private static func isControl(_ scalar: Unicode.Scalar, _ isLine: Bool) -> Bool {
        // Marks of direction make a name read as another.
        if scalar.properties.isBidiControl { return true }
        return scalar.properties.generalCategory == .control && (isLine || scalar != "\n")
    }

    package static func note(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }

    /// Overwrites the line that stands there, as far as the terminal is wide; nothing where nobody looks.
    package static func overwrite(_ line: String) {
        guard isInteractive else { return }
        // A line that wraps would leave its beginning behind.
        FileHandle.standardError.write(Data(("\r\u{1B}[2K" + line.prefix(columnCount - 1)).utf8))
    }

    /// How many characters a line of it has; more than any line where that is not known.
    package static var columnCount: Int {
        var size = winsize()
        let isKnown = unsafe ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1
        return isKnown ? Int(size.ws_col) : .max
    }

    package static var isInteractive: Bool { isatty(2) == 1 }

    /// `value` as one JSON object on standard output, at once also where a program reads.
    package static func printJSON(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
        fflush(nil)
    }

    /// `rows` as columns, the first left, numbers as they come.
    package static func table(_ found: [[String]]) -> String {
        let rows = found.map { $0.map { plain($0, line: true) } }
        let widths = rows.reduce(into: [Int]()) { widths, row in
            for (index, cell) in row.enumerated() {
                if index == widths.count { widths.append(0) }
                widths[index] = max(widths[index], cell.count)
            }
        }
        return rows.map { row in
            let cells = row.enumerated().map { index, cell in
                index == row.count - 1
                    ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
            }
            return cells.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
