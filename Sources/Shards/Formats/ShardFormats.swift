/// Every form there is: a new one is one file beside this and one line here.
package enum ShardFormats {
    package static let all: [any ShardFormat.Type] = [
        SafetensorsFormat.self,
        NumpyFormat.self,
        WebDatasetFormat.self,
        KaldiFormat.self,
        CompressedKaldiFormat.self,
        MDSFormat.self,
        TFRecordFormat.self,
        LhotseSharFormat.self,
        ParquetFormat.self,
        CSVFormat.self,
        JSONLinesFormat.self,
        AudioFolderFormat.self,
    ]

    package static var names: [String] { all.map { $0.name } }

    /// The form with this name; throws with the names there are.
    package static func named(_ name: String) throws(ShardError) -> any ShardFormat.Type {
        guard let format = all.first(where: { $0.name == name }) else {
            throw .usage("there is no format '\(name)'; there are \(names.joined(separator: ", "))")
        }
        return format
    }
}
