/// `consumer.json` of an export: what inference has to do as training did.
///
///     {"dataset": "…", "recipe": "…", "sampleRate": 16000, "hop": 160, "example": {"type": "float32", "shape": [64, 64]},
///      "speakers": "speakers.csv", "trainSpeakers": 251, "parameters": {"features": …, "frame": …, "resample": …}}
///
/// `sampleRate` is in Hz and `hop` in samples, null where examples are no matrices of frames; a null in a shape differs
/// from row to row. `parameters` holds every parameter of the recipe that shapes an example, with those that the recipe
/// leaves out.
package enum ConsumerConfig {
    package static let fileName = "consumer.json"

    package static func text(_ outline: ExportOutline, request: ExportIndex.Request) -> String {
        var fields: [(name: String, json: String)] = [
            ("dataset", JSONText.quoted(outline.dataset)), ("recipe", JSONText.quoted(request.recipe)),
            ("sampleRate", String(outline.sampleRate)), ("hop", outline.hop.map(String.init) ?? "null"),
        ]
        if let example = example(outline) { fields.append(("example", example)) }
        fields += [
            ("speakers", JSONText.quoted(SpeakerList.fileName)),
            ("trainSpeakers", String(outline.trainSpeakerCount)), ("parameters", outline.parameters),
        ]
        return JSONText.object(fields) + "\n"
    }

    /// Type and shape of the first array of a row; nil where rows have none.
    private static func example(_ outline: ExportOutline) -> String? {
        for column in outline.columns {
            guard case .array(let type, let shape) = column.kind else { continue }
            let sizes = shape.map { $0.map(String.init) ?? "null" }.joined(separator: ", ")
            return JSONText.object([("type", JSONText.quoted("\(type)")), ("shape", "[\(sizes)]")])
        }
        return nil
    }
}
