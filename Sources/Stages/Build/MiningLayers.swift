import ContentStore
import Corpus
import Manifest
import Pipeline

/// The layer of mined pairs.
extension DatasetLayers {
    /// Anchors of one shard: a task that is worth its start, and enough of them for all workers.
    private static let anchorCount = 4096

    /// One subject per shard of anchors; without a split, one per side stands for all.
    func minedPairs(
        _ parameters: PairParameters, _ resolved: Resolved
    ) throws -> (layer: Layer, shards: [PairShard]) {
        let spec = StageSpec(
            identity: StageIdentity(
                name: "pairs", revision: 1, parameters: try CanonicalJSON.encode(parameters)),
            inputs: [.each("split"), .list(featureStage)] + (augmentStage.map { [.list($0)] } ?? [])
                + [.sources],
            isKept: true)
        var shards: [PairShard] = []
        for side in parameters.sides {
            let rows = try exampleCount(side, resolved) ?? 0
            let anchors =
                switch parameters.count {
                case .total(let count): min(count, rows)
                case .each: rows
                }
            for first in stride(from: 0, to: max(anchors, 1), by: DatasetLayers.anchorCount) {
                shards.append(PairShard(side: side, first: first, anchors: DatasetLayers.anchorCount))
            }
        }
        let source = Source(role: EmbeddingsFile.role, digest: scan.embeddings?.digest)
        let subjects = try shards.map {
            Subject(id: $0.subject, parameters: try CanonicalJSON.encode($0), sources: [source])
        }
        return (Layer(stages: [spec], subjects: subjects), shards)
    }

    func miningWorker(
        _ parameters: PairParameters, _ mining: MiningRules, _ shards: [PairShard], _ resolved: Resolved
    ) throws -> any LayerWorker {
        guard let file = scan.embeddings else {
            throw StageError.failed("pairs.mining needs pairs.embeddings, the file of embeddings")
        }
        return MiningWorker(
            parameters: parameters, mining: mining, shards: shards, sources: try rowSources(resolved),
            file: file, shared: embeddings)
    }
}
