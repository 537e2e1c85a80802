import ContentStore
import Foundation

/// The rows of a list of utterances: CSV with a line of column names, or JSON, one object a line.
///
///     path,speaker,session,utterance,sex,start,end,subset
///     audio/a.flac,alice,monday,a-1,f,0.5,3.25,train
///
///     {"audio_filepath": "audio/a.flac", "offset": 0.5, "duration": 2.75, "speaker": "alice"}
struct ListTable {
    enum Column: String, CaseIterable {
        case path, speaker, session, utterance, sex, start, end, duration, subset

        /// By the names of other tools' lists (NeMo's manifests) too.
        init?(name: String) {
            switch name.lowercased() {
            case "audio_filepath", "file": self = .path
            case "speaker_id", "label": self = .speaker
            case "utterance_id", "id": self = .utterance
            case "gender": self = .sex
            case "offset": self = .start
            case let other: self.init(rawValue: other)
            }
        }
    }

    struct Row {
        /// `file:12`, for errors.
        let place: String
        /// Without the empty ones.
        let values: [Column: String]
    }

    private(set) var rows: [Row] = []
    /// Columns of a CSV file that mean nothing here.
    private(set) var unknown: [String] = []

    init(path: String) throws(StageError) {
        var file = SourceFile()
        do {
            try file.read(path: path)
        } catch {
            throw .failed(error.message)
        }
        let bytes = Array(file.bytes[0..<file.count])
        if bytes.first(where: { $0 > 32 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }) == UInt8(ascii: "{") {
            try readJSON(bytes, path)
        } else {
            try readCSV(bytes, path)
        }
    }

    private mutating func readCSV(_ bytes: [UInt8], _ path: String) throws(StageError) {
        let text = try DelimitedText(bytes, path: path)
        guard let head = text.rows.first else { return }
        let columns = head.fields.map(Column.init(name:))
        unknown = zip(head.fields, columns).filter { $1 == nil && !$0.isEmpty }.map(\.0)
        for needed in [Column.path, .speaker] where !columns.contains(needed) {
            throw .failed(
                "\(path):\(head.line): the first line names the columns, and '\(needed.rawValue)' is not among them; "
                    + "columns are \(Column.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let known = columns.compactMap { $0 }
        if let twice = known.first(where: { column in known.count { $0 == column } > 1 }) {
            throw .failed("\(path):\(head.line): two columns are '\(twice.rawValue)'; keep one")
        }
        for row in text.rows.dropFirst() {
            guard row.fields.count == columns.count else {
                throw .failed(
                    "\(path):\(row.line): the row has \(row.fields.count) fields where the first line names "
                        + "\(columns.count) columns")
            }
            var values: [Column: String] = [:]
            for (column, field) in zip(columns, row.fields) where !field.isEmpty {
                if let column { values[column] = field }
            }
            rows.append(Row(place: "\(path):\(row.line)", values: values))
        }
    }

    private mutating func readJSON(_ bytes: [UInt8], _ path: String) throws(StageError) {
        for line in try TextLines(bytes, path: path).lines {
            guard let value = try? JSONSerialization.jsonObject(with: Data(line.text.utf8)),
                let object = value as? [String: Any]
            else {
                throw .failed(
                    "\(line.place): a line is one JSON object, such as {\"path\": …, \"speaker\": …}")
            }
            var values: [Column: String] = [:]
            for (key, value) in object.sorted(by: { $0.key.precedesByBytes($1.key) }) {
                guard let column = Column(name: key), !(value is NSNull) else { continue }
                guard let text = ListTable.text(value) else {
                    throw .failed("\(line.place): '\(key)' takes text or a number")
                }
                // The plain name wins over another tool's.
                if !text.isEmpty, values[column] == nil || key == column.rawValue { values[column] = text }
            }
            rows.append(Row(place: line.place, values: values))
        }
    }

    /// A number in the fewest digits that say it, or text as it is.
    private static func text(_ value: Any) -> String? {
        if let text = value as? String { return text }
        guard let number = value as? NSNumber else { return nil }
        let double = number.doubleValue
        return Int(exactly: double).map(String.init) ?? "\(double)"
    }
}
