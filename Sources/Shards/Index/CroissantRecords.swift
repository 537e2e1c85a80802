/// The record sets of an export's Croissant metadata: its splits, its speakers and its rows.
///
/// Readers of Croissant know CSV, JSON lines and Parquet, so the rows of these can be loaded by it; of other forms it
/// says what a row has, and the form's own reader (`load.py`) loads them.
struct CroissantRecords {
    private static let readable = ["csv", "jsonl", "audiofolder", "parquet"]

    private let outline: ExportOutline
    private let format: String
    private let files: [CroissantMetadata.Group]
    private let meaning: ColumnMeaning

    init(_ outline: ExportOutline, format: String, files: [CroissantMetadata.Group]) {
        self.outline = outline
        self.format = format
        self.files = files
        meaning = ColumnMeaning(outline)
    }

    var sets: [String] { [splits, speakers] + (files.first.map { [rows($0)] } ?? []) }

    private func set(
        _ name: String, key: String, type: String? = nil, _ fields: [String], data: String? = nil
    )
        -> String
    {
        var parts: [(name: String, json: String)] = [
            ("@type", #""cr:RecordSet""#), ("@id", JSONText.quoted(name)), ("name", JSONText.quoted(name)),
            ("key", "{\"@id\": \(JSONText.quoted("\(name)/\(key)"))}"),
        ]
        if let type { parts.append(("dataType", JSONText.quoted(type))) }
        parts.append(("field", "[\n      " + fields.joined(separator: ",\n      ") + "]"))
        if let data { parts.append(("data", data)) }
        return JSONText.object(parts)
    }

    private func field(
        _ set: String, _ name: String, _ type: String, _ description: String = "",
        more: [(name: String, json: String)] = []
    ) -> String {
        var parts: [(name: String, json: String)] = [
            ("@type", #""cr:Field""#), ("@id", JSONText.quoted("\(set)/\(name)")),
            ("name", JSONText.quoted(name)),
            ("dataType", JSONText.quoted(type)),
        ]
        if !description.isEmpty { parts.append(("description", JSONText.quoted(description))) }
        return JSONText.object(parts + more)
    }

    private var splits: String {
        let data = outline.splits.map { split in
            JSONText.object([
                ("splits/name", JSONText.quoted(split.name)), ("splits/rows", String(split.rowCount)),
            ])
        }
        return set(
            "splits", key: "name", type: "cr:Split",
            [field("splits", "name", "sc:Text"), field("splits", "rows", "sc:Integer")],
            data: "[" + data.joined(separator: ", ") + "]")
    }

    private var speakers: String {
        let file = JSONText.quoted(SpeakerList.fileName)
        let fields = SpeakerList.columns.map { name in
            let isText = name == "speaker" || name == "sex"
            let source = "{\"fileObject\": {\"@id\": \(file)}, \"extract\": {\"column\": \"\(name)\"}}"
            return field(
                "speakers", name, isText ? "sc:Text" : "sc:Integer",
                name == "train" ? "1 for speakers of the train side" : "", more: [("source", source)])
        }
        return set("speakers", key: "label", fields)
    }

    private func rows(_ group: CroissantMetadata.Group) -> String {
        let names = meaning.names(format: format)
        let files = "\"fileSet\": {\"@id\": \(JSONText.quoted(group.id))}"
        // Joined rows go through the pattern twice: the second time it sees the side alone.
        let pattern = #"(?:.*/)?(train|validation|test)(?:/[^/]*)?$"#
        let side = field(
            "rows", "split", "sc:Text", "the side",
            more: [
                (
                    "source",
                    "{\(files), \"extract\": {\"fileProperty\": \"fullpath\"}, "
                        + "\"transform\": {\"regex\": \(JSONText.quoted(pattern))}}"
                ), ("references", #"{"field": {"@id": "splits/name"}}"#),
            ])
        let isReadable = CroissantRecords.readable.contains(format)
        let fields = names.map { name in row(name, files, isReadable: isReadable) }
        let key = names.contains("key") ? "key" : "ID"
        return set("rows", key: key, (isReadable ? [side] : []) + fields)
    }

    private func row(_ name: String, _ files: String, isReadable: Bool) -> String {
        var more: [(name: String, json: String)] = []
        var source = files
        if isReadable { source += ", \"extract\": {\"column\": \(JSONText.quoted(name))}" }
        switch meaning.kind(name) {
        case .array(_, let shape):
            let sizes = shape.map { $0.map(String.init) ?? "-1" }.joined(separator: ",")
            more = [("isArray", "true"), ("arrayShape", "\"\(sizes)\"")]
        case .audio(let rate):
            source += ", \"samplingRate\": \(rate)"
            if isReadable { source += #", "transform": {"jsonPath": "bytes"}"# }
        default: break
        }
        return field(
            "rows", name, type(name), meaning.words(name, format: format),
            more: more + [("source", "{\(source)}")])
    }

    private func type(_ name: String) -> String {
        switch meaning.type(name, format: format) {
        case "seconds": return "sc:Float"
        case "text": return "sc:Text"
        case "int64": return "sc:Integer"
        default: break
        }
        if case .audio = meaning.kind(name) { return "sc:AudioObject" }
        return "sc:Float"
    }
}
