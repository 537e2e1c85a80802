import ContentStore
import Manifest

/// What one pass over a pack gathers, and the artifacts made of it; the storage is used again for the next pack.
struct PackOutput {
    var waveforms = WaveformTable()
    var cuts = CutTable()
    var rows = FeatureRows()
    private let recipe: Recipe
    private let cutter: ExampleCutter
    private let cutMetadata: [String: String]
    private let featureMetadata: [String: String]

    init(_ recipe: Recipe) throws(StoreError) {
        self.recipe = recipe
        cutter = ExampleCutter(parameters: recipe.frame)
        cutMetadata = try recipe.cutMetadata()
        featureMetadata = try recipe.featureMetadata()
    }

    mutating func removeAll() {
        waveforms.removeAll()
        cuts.removeAll()
        rows.removeAll()
    }

    /// The artifact of `resample`.
    func waveformFile() -> TensorFile { waveforms.file(rate: recipe.resample.rate) }

    /// The artifact of `frame`.
    func cutFile() -> TensorFile { cuts.file(metadata: cutMetadata) }

    /// The counts of `frame` and `features`, from what came through `resample`.
    func counts(of resample: TaskCounts) -> TaskCounts {
        var counts = resample
        counts.quarantined = 0
        counts.short = cuts.shortCount
        counts.examples = cuts.count
        return counts
    }

    /// The artifact of `features`; `table` names the utterances that rows refer to.
    func featureFile(_ table: IngestTable) throws(StoreError) -> TensorFile {
        let width = recipe.features.width
        var shape = [cuts.count, cutter.framesPerExample ?? 0, width]
        var wide = cuts.tensors.wide
        if cutter.framesPerExample == nil {
            shape = [rows.count / width, width]
            wide.append(Tensor("row.frameEnd", rows.frameEnds))
        }
        if recipe.features.kind == .raw { shape.removeLast() }
        var (ids, speakers, sessions) = (TextColumn(), TextColumn(), TextColumn())
        for row in table.rows {
            ids.append(row.id)
            speakers.append(row.speaker)
            sessions.append(row.session)
        }
        let columns = [ids.tensors("utterance"), speakers.tensors("speaker"), sessions.tensors("session")]
        let values = try rows.tensor("features", shape: shape, type: recipe.features.dtype)
        // Half-precision values go last but the bytes, so that every tensor starts on its size.
        let isHalf = recipe.features.dtype == .float16
        return TensorFile(
            kind: "features", metadata: featureMetadata,
            tensors: wide + (isHalf ? [] : [values]) + cuts.tensors.narrow + columns.map(\.ends)
                + (isHalf ? [values] : []) + columns.map(\.bytes))
    }
}
