import ContentStore

/// The form of an artifact of examples.
struct FeatureFile {
    private let features: FeatureParameters
    private let cutter: ExampleCutter
    private let metadata: [String: String]

    init(_ recipe: Recipe) throws(StoreError) {
        features = recipe.features
        cutter = ExampleCutter(parameters: recipe.frame)
        metadata = try recipe.featureMetadata()
    }

    /// The artifact of the examples `rows`, which were made of `cuts` of the utterances in `table`; `narrow` and
    /// `columns` are further four-byte and text columns.
    func file(
        _ rows: FeatureRows, _ cuts: CutTable, _ table: IngestTable, narrow: [Tensor] = [],
        columns: [(ends: Tensor, bytes: Tensor)] = []
    ) throws(StoreError) -> TensorFile {
        var shape = [cuts.count] + features.exampleShape(frames: cutter.framesPerExample ?? 0)
        var wide = cuts.tensors.wide
        if cutter.framesPerExample == nil && features.picture == nil {
            shape = features.kind == .raw ? [rows.count] : [rows.count / features.width, features.width]
            wide.append(Tensor("row.frameEnd", rows.frameEnds))
        }
        let texts = FeatureFile.names(table) + columns
        let values = try rows.tensor("features", shape: shape, type: features.dtype)
        // Half-precision values go last but the bytes, so that every tensor starts on its size.
        let isHalf = features.dtype == .float16
        return TensorFile(
            kind: "features", metadata: metadata,
            tensors: wide + (isHalf ? [] : [values]) + cuts.tensors.narrow + narrow + texts.map(\.ends)
                + (isHalf ? [values] : []) + texts.map(\.bytes))
    }

    private static func names(_ table: IngestTable) -> [(ends: Tensor, bytes: Tensor)] {
        var (ids, speakers, sessions) = (TextColumn(), TextColumn(), TextColumn())
        for row in table.rows {
            ids.append(row.id)
            speakers.append(row.speaker)
            sessions.append(row.session)
        }
        return [ids.tensors("utterance"), speakers.tensors("speaker"), sessions.tensors("session")]
    }
}
