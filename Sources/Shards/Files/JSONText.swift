/// JSON written by hand where the order of the fields is ours.
enum JSONText {
    /// `text` as a JSON string.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case let control where control.value < 0x20:
                quoted += "\\u" + String(0x10000 + control.value, radix: 16).dropFirst()
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// An object on one line, its fields in the given order; the values are JSON already.
    static func object(_ fields: [(name: String, json: String)]) -> String {
        "{" + fields.map { quoted($0.name) + ": " + $0.json }.joined(separator: ", ") + "}"
    }

    /// What a row says but its arrays and its audio, as an object in column order.
    static func labels(_ row: ShardRow, _ columns: [ShardColumn]) -> String {
        var fields: [(name: String, json: String)] = []
        for (column, value) in zip(columns, row.values) {
            switch value {
            case .text(let text): fields.append((column.name, quoted(text)))
            case .integer(let number): fields.append((column.name, String(number)))
            case .array, .audio: continue
            }
        }
        return object(fields)
    }
}
