/// What a row says in a list: names and values, in the order and with the words of whoever reads it.
struct ListTable {
    enum Style {
        case speechBrain
        case nemo
        case audioFolder

        /// That of a form that writes lists; nil for others.
        init?(format: String) {
            switch format {
            case CSVFormat.name: self = .speechBrain
            case JSONLinesFormat.name: self = .nemo
            case AudioFolderFormat.name: self = .audioFolder
            default: return nil
            }
        }
    }

    /// A value as text and as JSON.
    struct Value {
        let text: String
        let json: String

        static func text(_ text: String) -> Value { Value(text: text, json: JSONText.quoted(text)) }
        static func number(_ text: String) -> Value { Value(text: text, json: text) }
    }

    private let outline: ExportOutline
    private let style: Style
    let names: [String]

    init(_ outline: ExportOutline, style: Style) {
        self.outline = outline
        self.style = style
        switch (outline.content, style) {
        case (.examples, .speechBrain), (.audio, .speechBrain):
            names = ["ID", "duration", "wav", "start", "stop", "spk_id"] + ListTable.rest
        case (.examples, .nemo), (.audio, .nemo):
            names =
                ["audio_filepath", "duration", "offset", "label", "key", "class", "start", "length"]
                + ListTable.rest.dropFirst()
        case (_, .audioFolder):
            names = ["file_name", "key", "speaker", "label", "start", "length"] + ListTable.rest.dropFirst()
        default: names = ["key"] + outline.columns.filter(ListTable.isListed).map(\.name)
        }
    }

    private static let rest = ["label", "session", "utterance", "sex", "row"]

    private static func isListed(_ column: ShardColumn) -> Bool {
        column.kind == .text || column.kind == .integer
    }

    /// The values of a row; `audio` is the path of its file as the list names it, or nothing.
    func values(_ row: ShardRow, audio: String) -> [Value] {
        let start = outline.integer("start", of: row)
        let length = outline.integer("length", of: row)
        let rate = outline.sampleRate
        let duration = Value.number(ByteText.seconds(length, rate: rate))
        let speaker = Value.text(outline.text("speaker", of: row))
        let label = Value.number(String(outline.integer("label", of: row)))
        let rest =
            ["session", "utterance", "sex"].map { Value.text(outline.text($0, of: row)) }
            + [.number(String(outline.integer("row", of: row)))]
        switch (outline.content, style) {
        case (.examples, .speechBrain), (.audio, .speechBrain):
            return [
                .text(row.key), duration, .text(audio), .number(String(start)),
                .number(String(start + length)), speaker,
            ]
                + [label] + rest
        case (.examples, .nemo), (.audio, .nemo):
            return [
                .text(audio), duration, .number(ByteText.seconds(start, rate: rate)), speaker, .text(row.key),
                label, .number(String(start)), .number(String(length)),
            ]
                + rest
        case (_, .audioFolder):
            return [
                .text(audio), .text(row.key), speaker, label, .number(String(start)),
                .number(String(length)),
            ]
                + rest
        default: return [.text(row.key)] + plain(row)
        }
    }

    private func plain(_ row: ShardRow) -> [Value] {
        row.values.compactMap { value in
            switch value {
            case .text(let text): .text(text)
            case .integer(let number): .number(String(number))
            case .array, .audio: nil
            }
        }
    }

    /// A field as RFC 4180 writes it. By scalars: as characters, CR LF and a comma with an accent are others.
    static func quoted(_ field: String) -> String {
        let special: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]
        guard field.unicodeScalars.contains(where: special.contains) else { return field }
        var quoted = "\"".unicodeScalars
        for scalar in field.unicodeScalars {
            if scalar == "\"" { quoted.append("\"") }
            quoted.append(scalar)
        }
        quoted.append("\"")
        return String(quoted)
    }
}
