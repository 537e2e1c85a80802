import Foundation

/// The lines of a text file that hold something, with their numbers.
struct TextLines {
    struct Line {
        /// `file:12`, for errors.
        let place: String
        /// Without the blanks around it.
        let text: Substring
    }

    let path: String
    private(set) var lines: [Line] = []

    init(path: String) throws(StageError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .failed("cannot read \(path): \(StageError.systemReason())")
        }
        try self.init([UInt8](data), path: path)
    }

    /// The lines of a file's bytes, read already.
    init(_ bytes: [UInt8], path: String) throws(StageError) {
        self.path = path
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        var number = 0
        var start = content.startIndex
        while start < content.endIndex {
            let end = content[start...].firstIndex(of: UInt8(ascii: "\n")) ?? content.endIndex
            number += 1
            let place = "\(path):\(number)"
            guard let line = String(validating: TextLines.trimmed(content[start..<end]), as: UTF8.self) else {
                throw .failed("\(place): this is not UTF-8 text")
            }
            if !line.isEmpty { lines.append(Line(place: place, text: line[...])) }
            start = end + 1
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 13 }
        let front = bytes.drop(while: isBlank)
        let end = front.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? front.startIndex
        return front[..<end]
    }
}

extension TextLines.Line {
    /// The words of the line, parted by blanks.
    var words: [String] {
        text.utf8.split { $0 == 32 || $0 == 9 }.map { String(Substring($0)) }
    }

    /// The first word and what follows it, which may hold blanks.
    var keyAndValue: (key: String, value: String) {
        let key = text.utf8.prefix { $0 != 32 && $0 != 9 }
        let value = text.utf8[key.endIndex...].drop { $0 == 32 || $0 == 9 }
        return (String(Substring(key)), String(Substring(value)))
    }
}
