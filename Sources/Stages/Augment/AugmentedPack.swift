import ContentStore
import Pipeline

/// A pack with what augmentation needs of it.
struct AugmentedPack: Sendable {
    let pack: Pack
    /// Its place among the dataset's packs.
    let number: Int
    let train: TrainRows
    /// The digests of its ingest and frame artifacts.
    let ingest: Digest
    let frame: Digest
}
