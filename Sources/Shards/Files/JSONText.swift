/// JSON written by hand where the order of the fields is ours.
enum JSONText {
    /// `text` as a JSON string.
    static func quoted(_ text: String) -> String {
        var quoted = ""
        append(text, to: &quoted)
        return quoted
    }

    /// Appends `text` as a JSON string.
    private static func append(_ text: String, to json: inout String) {
        json += "\""
        defer { json += "\"" }
        guard text.utf8.contains(where: isEscaped) else {
            json += text
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case let control where control.value < 0x20:
                json += "\\u" + String(0x10000 + control.value, radix: 16).dropFirst()
            default: json.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// An object on one line, its fields in the given order; the values are JSON already.
    static func object(_ fields: [(name: String, json: String)]) -> String {
        var object = "{"
        object.reserveCapacity(64 * fields.count)
        for (name, json) in fields {
            if object.utf8.count > 1 { object += ", " }
            append(name, to: &object)
            object += ": "
            object += json
        }
        object += "}"
        return object
    }

    /// What a row says but its arrays and its audio, as an object in column order.
    static func labels(_ row: ShardRow, _ columns: [ShardColumn]) -> String {
        var object = "{"
        object.reserveCapacity(48 * columns.count)
        func begin(_ name: String) {
            if object.utf8.count > 1 { object += ", " }
            append(name, to: &object)
            object += ": "
        }
        for (column, value) in zip(columns, row.values) {
            switch value {
            case .text(let text):
                begin(column.name)
                append(text, to: &object)
            case .integer(let number):
                begin(column.name)
                object += String(number)
            case .array, .audio: continue
            }
        }
        object += "}"
        return object
    }
}
