/// What a column of an export means, in words and units, for its README and metadata.
struct ColumnMeaning {
    private let outline: ExportOutline

    init(_ outline: ExportOutline) { self.outline = outline }

    /// The columns that whoever opens the export sees, in order: those of the outline, or of the list that stands for
    /// them.
    func names(format: String) -> [String] {
        if let style = ListTable.Style(format: format) { return ListTable(outline, style: style).names }
        return ["key"] + outline.columns.map(\.name)
    }

    func kind(_ name: String) -> ShardColumn.Kind? {
        if let index = outline.column(name) { return outline.columns[index].kind }
        return ColumnMeaning.lists[name]
    }

    /// Of columns that only lists have.
    private static let lists: [String: ShardColumn.Kind] = [
        "key": .text, "ID": .text, "wav": .text, "spk_id": .text, "audio_filepath": .text, "file_name": .text,
        "stop": .integer, "class": .integer,
    ]

    func type(_ name: String, format: String) -> String {
        switch name {
        case "duration", "offset": return "seconds"
        case "label" where format == "jsonl" && outline.column("audio") ?? outline.column("features") != nil:
            return "text"
        default: break
        }
        switch kind(name) {
        case .array(let type, let shape):
            return "\(type) [" + shape.map { $0.map(String.init) ?? "any" }.joined(separator: ", ") + "]"
        case .audio(let rate): return "audio, \(rate) Hz, one channel"
        case .integer: return "int64"
        default: return "text"
        }
    }

    func words(_ name: String, format: String) -> String {
        let parts = ["a", "b", "anchor", "positive", "negative"]
        if let part = parts.first(where: { name.hasPrefix($0 + "_") }) {
            return "of \(part): " + plain(String(name.dropFirst(part.count + 1)))
        }
        if parts.contains(name) { return "the example" }
        switch (name, outline.content, format) {
        case ("label", .pairs, _): return "whether they are one speaker's, as the recipe writes it"
        case ("label", .trials, _): return "1 target, 0 nontarget"
        case ("label", _, "jsonl"): return plain("speaker")
        case ("wav", .examples, _), ("audio_filepath", .examples, _):
            return "empty: a list carries no arrays"
        default: return plain(name)
        }
    }

    private func plain(_ name: String) -> String {
        let samples = "in samples at \(outline.sampleRate) Hz"
        return switch name {
        case "key", "ID": "the row's name, unique in the export"
        case "features": outline.hop.map { "the example; frames are \($0) samples apart" } ?? "the example"
        case "audio": "the whole utterance"
        case "label", "class": "number of the speaker: its line in \(SpeakerList.fileName), from 0"
        case "speaker", "spk_id": "the speaker"
        case "session": "the session (chapter, video) of the utterance"
        case "utterance": "the utterance, as its corpus names it"
        case "sex": "f, m, or u where it is not known"
        case "start": "where it begins in its utterance, \(samples)"
        case "stop": "where it ends in its utterance, \(samples)"
        case "length": "how long it is, \(samples)"
        case "duration": "how long it is"
        case "offset": "where it begins in its utterance"
        case "row": "its row in the dataset"
        case "wav", "audio_filepath", "file_name": "the FLAC file, from the folder of the list"
        default: ""
        }
    }
}
