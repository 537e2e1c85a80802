import Audio
import ContentStore
import Corpus
import Manifest
import Pipeline

/// The layers of a recipe and the workers that run them. Layers that depend on what an earlier one made are made
/// when that is known.
struct DatasetLayers: Sendable {
    let recipe: Recipe
    let scan: CorpusScan
    let store: Store
    let statistics: BuildStatistics
    let embeddings = SharedEmbeddings()
    /// What makes embeddings of examples, where the recipe asks for them.
    let network: SharedNetwork?

    init(recipe: Recipe, scan: CorpusScan, store: Store, statistics: BuildStatistics) {
        self.recipe = recipe
        self.scan = scan
        self.store = store
        self.statistics = statistics
        network = recipe.features.embedding.flatMap { _ in recipe.weights.map { SharedNetwork($0) } }
    }

    /// Features whose rows pairs refer to: the normalized ones where there are such.
    var featureStage: String { recipe.features.normalize == .dataset ? "normalize" : "features" }

    /// ingest → resample → frame → features, by pack; and fingerprints, where near-identical audio is looked for.
    func packs() throws -> Layer {
        var stages = [
            try recipe.ingestStage(), try recipe.resampleStage(), try recipe.frameStage(),
            try recipe.featureStage(),
        ]
        if let fingerprint = try recipe.fingerprintStage() { stages.append(fingerprint) }
        let subjects = scan.packs.map { pack in
            Subject(
                id: pack.id, parameters: pack.libraries(ffmpeg: scan.ffmpeg),
                sources: pack.utterances.map { Source(role: $0.role, digest: $0.digest) })
        }
        return Layer(stages: stages, subjects: subjects)
    }

    func packWorker() throws -> any LayerWorker {
        try PackWorker(
            recipe: recipe, packs: scan.packs, store: store, statistics: statistics, ffmpeg: scan.ffmpeg,
            network: try network?.network())
    }

    /// The one split of the dataset.
    func split() throws -> Layer {
        let spec = StageSpec(
            identity: StageIdentity(
                name: "split", revision: 1, parameters: try CanonicalJSON.encode(recipe.split)),
            inputs: [.sources, .each("ingest"), .each("frame")], isKept: true)
        let speakers = Source(role: "speakers", digest: scan.speakersDigest())
        let lists = scan.listed?.sources().map { Source(role: $0.role, digest: $0.digest) } ?? []
        return Layer(stages: [spec], subjects: [Subject(id: "dataset", sources: [speakers] + lists)])
    }

    func splitWorker(_ resolved: Resolved) -> any LayerWorker {
        SplitWorker(
            parameters: recipe.split, speakers: scan.speakers, ingest: resolved.known("ingest"),
            frame: resolved.known("frame"), store: store, listed: scan.listed)
    }

    /// Statistics of the train side, for `normalize: dataset`.
    func trainStatistics() throws -> Layer {
        let spec = StageSpec(
            identity: StageIdentity(name: "statistics", revision: 1, parameters: "{}"),
            inputs: [.each("split"), .list("features")], isKept: true)
        return Layer(stages: [spec], subjects: [Subject(id: "dataset")])
    }

    func statisticsWorker(_ resolved: Resolved) throws -> any LayerWorker {
        StatisticsWorker(
            split: try single("split", resolved), features: resolved.known("features"),
            width: recipe.features.width,
            store: store)
    }

    /// The features of each pack with those statistics applied.
    func normalize() throws -> Layer {
        let spec = StageSpec(
            identity: StageIdentity(
                name: "normalize", revision: 1,
                parameters: try CanonicalJSON.encode(["dtype": recipe.features.dtype.rawValue])),
            inputs: [.own("features"), .each("statistics")], isKept: recipe.keep.contains(.features))
        return Layer(stages: [spec], subjects: scan.packs.map { Subject(id: $0.id) })
    }

    func normalizeWorker(_ resolved: Resolved) throws -> any LayerWorker {
        NormalizeWorker(
            statistics: try single("statistics", resolved), features: resolved.known("features"),
            type: recipe.features.dtype, store: store)
    }

    /// The pairs, one subject per shard; without a split, one subject per side stands for all.
    func pairs(_ parameters: PairParameters, _ resolved: Resolved) throws -> (
        layer: Layer, shards: [PairShard]
    ) {
        if parameters.mining != nil { return try minedPairs(parameters, resolved) }
        let spec = StageSpec(
            identity: StageIdentity(
                name: "pairs", revision: 1, parameters: try CanonicalJSON.encode(parameters)),
            inputs: [.each("split"), .list(featureStage)] + (augmentStage.map { [.list($0)] } ?? [])
                + (parameters.durations == nil ? [] : [.each("ingest"), .each("frame")]),
            isKept: true)
        var shards: [PairShard] = []
        for side in parameters.sides {
            let count = try largestCount(parameters, side, resolved)
            for first in stride(from: 0, to: max(count, 1), by: PairShard.rowCount) {
                shards.append(PairShard(side: side, first: first))
            }
        }
        let subjects = try shards.map { Subject(id: $0.subject, parameters: try CanonicalJSON.encode($0)) }
        return (Layer(stages: [spec], subjects: subjects), shards)
    }

    func pairWorker(
        _ parameters: PairParameters, _ shards: [PairShard], _ resolved: Resolved
    ) throws -> any LayerWorker {
        if let mining = parameters.mining {
            return try miningWorker(parameters, mining, shards, resolved)
        }
        return PairWorker(
            parameters: parameters, shards: shards, sources: try rowSources(resolved))
    }

    /// What the rows are made of that pairs are drawn from.
    func rowSources(_ resolved: Resolved) throws -> RowSources {
        RowSources(
            split: try single("split", resolved), features: resolved.known(featureStage),
            augmented: augmentStage.map { resolved.known($0) } ?? [], ingest: resolved.known("ingest"),
            frame: resolved.known("frame"), store: store)
    }

    /// No fewer bytes than all pairs take.
    func largestByteCount(_ parameters: PairParameters, _ resolved: Resolved) -> Int {
        let perPair = parameters.rules.kind == .triplets ? 12 : 9
        return parameters.sides.reduce(0) { sum, side in
            // Counts that hang on a split not made yet are small beside its features.
            let count = (try? largestCount(parameters, side, resolved)) ?? 0
            return sum + count * perPair
        }
    }

    /// No fewer pairs than the side gets.
    private func largestCount(_ parameters: PairParameters, _ side: Side, _ resolved: Resolved) throws -> Int
    {
        switch parameters.count {
        case .total(let count): return count
        case .each(let times): return times * (try exampleCount(side, resolved) ?? 0)
        }
    }

    /// The examples of a side with their copies; nil while there is no split.
    func exampleCount(_ side: Side, _ resolved: Resolved) throws -> Int? {
        guard let split = resolved.all("split")?.first else { return nil }
        let counts = try SplitTable.Summary(try store.read(split.artifact.digest)).counts
        let copies = side == .train ? resolved.known("augment").reduce(0) { $0 + $1.counts.examples } : 0
        return (counts.first { $0.side == side }?.examples ?? 0) + copies
    }

    func single(_ stage: String, _ resolved: Resolved) throws -> Digest {
        guard let entry = resolved.all(stage)?.first else {
            throw StageError.failed("\(stage) is needed before what follows it can run")
        }
        return entry.artifact.digest
    }
}

extension Pack {
    /// What shapes by its version what this pack's files decode to, as canonical JSON: for lossy formats libsndfile,
    /// or ffmpeg where there is one.
    func libraries(ffmpeg: FFmpeg?) -> String {
        let lossy = utterances.contains { Pack.isLossy($0.relativePath) }
        let sndfile = lossy ? "\"libsndfile\":\"\(AudioLibraries.sndfileVersion)\"" : nil
        let isForFFmpeg = utterances.contains { FFmpeg.reads($0.path) }
        let version = isForFFmpeg ? ffmpeg.map { "\"ffmpeg\":\(Pack.quoted($0.version))" } : nil
        let versions = [version, sndfile].compactMap { $0 }
        return versions.isEmpty ? "" : "{\(versions.joined(separator: ","))}"
    }

    /// Whether libsndfile's version shapes what a file decodes to.
    static func isLossy(_ path: String) -> Bool {
        let path = path.lowercased()
        return [".ogg", ".oga", ".opus", ".mp3"].contains { path.hasSuffix($0) }
    }

    private static func quoted(_ text: String) -> String {
        let plain = text.unicodeScalars.filter { $0.value >= 32 && $0 != "\"" && $0 != "\\" }
        return "\"\(String(String.UnicodeScalarView(plain)))\""
    }
}
