import ContentStore
import Manifest
import Pipeline

/// The layers of augmentation, between the split and the pairs.
extension DatasetLayers {
    /// Augmented features whose rows follow those of the packs; nil without augmentation.
    var augmentStage: String? {
        scan.augmentation.map { _ in recipe.features.normalize == .dataset ? "normalize-augmented" : "augment"
        }
    }

    /// The packs that have train examples; nil as long as the split is not made.
    func augmentedPacks(_ resolved: Resolved) throws -> [AugmentedPack]? {
        guard let split = resolved.all("split")?.first else { return nil }
        let table = try SplitTable(try store.read(split.artifact.digest))
        return scan.packs.indices.compactMap { number in
            let train = TrainRows(table, pack: number)
            let id = scan.packs[number].id
            guard !train.isEmpty, let ingest = resolved.entry("ingest", id),
                let frame = resolved.entry("frame", id)
            else { return nil }
            return AugmentedPack(
                pack: scan.packs[number], number: number, train: train, ingest: ingest.artifact.digest,
                frame: frame.artifact.digest)
        }
    }

    /// Changed copies of the train examples, by pack: of all packs where the split is not known.
    func augment(_ plan: AugmentationPlan, _ packs: [AugmentedPack]?) throws -> Layer {
        struct Parameters: Codable {
            let augment: AugmentParameters
            let frame: FrameParameters
            let features: FeatureParameters
            let resample: ResampleParameters
        }
        let parameters = Parameters(
            augment: plan.parameters, frame: recipe.frame, features: recipe.features,
            resample: recipe.resample)
        let libraries = try recipe.featureStage().identity.libraries
            .merging(recipe.resampleStage().identity.libraries) { own, _ in own }
            .merging(plan.libraries) { own, _ in own }
        let spec = StageSpec(
            identity: StageIdentity(
                name: "augment", revision: 2, parameters: try CanonicalJSON.encode(parameters),
                libraries: libraries),
            inputs: [.sources, .own("ingest"), .own("frame")], isKept: recipe.keep.contains(.features))
        let sounds = plan.sources.map { Source(role: $0.role, digest: $0.digest) }
        let unknown = Source(role: "train", digest: nil)
        let subjects =
            packs?.map {
                Subject(
                    id: $0.pack.id, parameters: $0.pack.libraries(ffmpeg: scan.ffmpeg),
                    sources: [Source(role: "train", digest: $0.train.digest)] + sounds)
            }
            ?? scan.packs.map {
                Subject(id: $0.id, parameters: $0.libraries(ffmpeg: scan.ffmpeg), sources: [unknown] + sounds)
            }
        return Layer(stages: [spec], subjects: subjects)
    }

    func augmentWorker(_ plan: AugmentationPlan, _ packs: [AugmentedPack]) throws -> any LayerWorker {
        try AugmentWorker(
            recipe: recipe, plan: plan, packs: packs, store: store, ffmpeg: scan.ffmpeg,
            network: try network?.network())
    }

    /// The copies with the statistics of the train side applied.
    func normalizeAugmented(_ resolved: Resolved) throws -> Layer {
        let spec = StageSpec(
            identity: StageIdentity(
                name: "normalize-augmented", revision: 1,
                parameters: try CanonicalJSON.encode(["dtype": recipe.features.dtype.rawValue])),
            inputs: [.own("augment"), .each("statistics")], isKept: recipe.keep.contains(.features))
        return Layer(stages: [spec], subjects: resolved.known("augment").map { Subject(id: $0.subject) })
    }

    func normalizeAugmentedWorker(_ resolved: Resolved) throws -> any LayerWorker {
        NormalizeWorker(
            statistics: try single("statistics", resolved), features: resolved.known("augment"),
            type: recipe.features.dtype, store: store)
    }
}
