import Foundation

/// A file of scores, one trial on each line, as Kaldi's scoring programs write them:
///
///     id10270-5r0dWxy17C8-00001 id10270-x6uYqmx31kE-00001 0.7312
///     id10270-5r0dWxy17C8-00001 id10271-1gtz-CUIygI-00001 -0.0418
///
/// enrollment, test, score; parted by spaces or tabs; empty lines are passed over.
package struct ScoreList: Sendable {
    package struct Entry: Hashable, Sendable {
        package let enrollment: String
        package let test: String
        package let score: Double

        package init(enrollment: String, test: String, score: Double) {
            (self.enrollment, self.test, self.score) = (enrollment, test, score)
        }
    }

    /// For errors.
    package let path: String
    /// In the order of the file.
    package let entries: [Entry]
    /// The line of each entry.
    let lines: [Int]

    package init(path: String) throws(ScoringError) {
        try self.init(ListLines.bytes(path: path), path: path)
    }

    /// Reads the list in `bytes`; errors name `path`, the line and the column.
    package init(_ bytes: [UInt8], path: String) throws(ScoringError) {
        var (entries, numbers): ([Entry], [Int]) = ([], [])
        var lines = ListLines(path: path)
        try lines.read(bytes) { (lines, line) throws(ScoringError) in
            entries.append(try ScoreList.entry(&lines, line))
            numbers.append(line.number)
        }
        guard !entries.isEmpty else {
            throw ScoringError("\(path) holds no scores; a line is 'ENROLLMENT TEST SCORE'")
        }
        (self.path, self.entries, self.lines) = (path, entries, numbers)
    }

    private static func entry(_ lines: inout ListLines, _ line: ListLines.Line) throws(ScoringError) -> Entry
    {
        let fields = line.fields
        guard fields.count == 3 else {
            let column = fields.count > 3 ? fields[3].column : line.endColumn
            let fault = fields.count > 3 ? "there are \(fields.count) fields" : "a field is missing"
            throw lines.wrong(line, column, "\(fault); a line is 'ENROLLMENT TEST SCORE'")
        }
        let text = String(decoding: fields[2].bytes, as: UTF8.self)
        guard let score = Double(text), score.isFinite else {
            throw lines.wrong(
                line, fields[2].column,
                "the score \(ListLines.quoted(fields[2])) is not a finite number; a line is 'ENROLLMENT TEST SCORE'"
            )
        }
        return Entry(
            enrollment: try lines.name(fields[0], line), test: try lines.name(fields[1], line), score: score)
    }

    /// The bytes of a list: the shortest decimals that read back as the same numbers. An error for what no reader would
    /// read back: names that are empty or hold blanks, and scores that are no finite numbers.
    package static func text(_ entries: some Sequence<Entry>) throws(ScoringError) -> [UInt8] {
        var bytes: [UInt8] = []
        var number = 0
        for entry in entries {
            number += 1
            for name in [entry.enrollment, entry.test] {
                guard !name.isEmpty, !name.utf8.contains(where: { [9, 10, 13, 32].contains($0) }) else {
                    throw ScoringError(
                        "'\(name)' of trial \(number) is empty or holds a blank, which parts the fields of a score list"
                    )
                }
            }
            try TrialScores.check(entry.score, "the score of trial \(number)")
            bytes.append(contentsOf: "\(entry.enrollment) \(entry.test) \(entry.score)\n".utf8)
        }
        return bytes
    }

    /// Writes a list, whole or not at all.
    package static func write(_ entries: some Sequence<Entry>, to path: String) throws(ScoringError) {
        let bytes = try text(entries)
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw ScoringError("cannot write \(path): \(error.localizedDescription)")
        }
    }
}
