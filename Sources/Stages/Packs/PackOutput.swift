import ContentStore
import Manifest

/// What one pass over a pack gathers, and the artifacts made of it; the storage is used again for the next pack.
struct PackOutput {
    var waveforms = WaveformTable()
    var cuts = CutTable()
    var rows = FeatureRows()
    private let recipe: Recipe
    private let features: FeatureFile
    private let cutMetadata: [String: String]

    init(_ recipe: Recipe) throws(StoreError) {
        self.recipe = recipe
        features = try FeatureFile(recipe)
        cutMetadata = try recipe.cutMetadata()
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
        try features.file(rows, cuts, table)
    }
}
