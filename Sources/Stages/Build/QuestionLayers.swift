import ContentStore
import Corpus
import Manifest
import Pipeline

/// The layers of what a trained network is asked: verification trials and n-shot k-way episodes.
extension DatasetLayers {
    /// The trials, one subject per shard; where the number of utterances is needed and the split not made yet, one
    /// subject per side stands for all.
    func trials(_ parameters: TrialParameters, _ resolved: Resolved) throws -> (
        layer: Layer, shards: [PairShard]
    ) {
        var shards: [PairShard] = []
        for side in parameters.sides {
            let count = try largestCount(parameters, side, resolved)
            for first in stride(from: 0, to: max(count, 1), by: PairShard.rowCount) {
                shards.append(PairShard(side: side, first: first))
            }
        }
        let subjects = try shards.map { Subject(id: $0.subject, parameters: try CanonicalJSON.encode($0)) }
        return (Layer(stages: [try question("trials", parameters)], subjects: subjects), shards)
    }

    func trialWorker(
        _ parameters: TrialParameters, _ shards: [PairShard], _ resolved: Resolved
    ) throws -> any LayerWorker {
        TrialWorker(parameters: parameters, shards: shards, inputs: try selectionInputs(resolved))
    }

    /// No fewer bytes than all trials take.
    func largestByteCount(_ parameters: TrialParameters, _ resolved: Resolved) -> Int {
        parameters.sides.reduce(0) { sum, side in
            sum + ((try? largestCount(parameters, side, resolved)) ?? 0) * 9
        }
    }

    /// No fewer trials than the side gets.
    private func largestCount(
        _ parameters: TrialParameters, _ side: Side, _ resolved: Resolved
    ) throws -> Int {
        switch parameters.count {
        case .total(let count): return count
        case .all:
            guard let split = resolved.all("split")?.first else { return 0 }
            let counts = try SplitTable.Summary(try store.read(split.artifact.digest)).counts
            let utterances = counts.first { $0.side == side }?.utterances ?? 0
            return min(utterances * max(utterances - 1, 0) / 2, TrialPlan.largestUnasked)
        }
    }

    /// The episodes, one subject per side, shot and way.
    func episodes(_ request: EpisodeRequest) throws -> (layer: Layer, sets: [EpisodeSet]) {
        let sets = request.sides.flatMap { side in
            request.shots.flatMap { shot in
                request.ways.map { EpisodeSet(side: side, shot: shot, way: $0) }
            }
        }
        let subjects = try sets.map { Subject(id: $0.subject, parameters: try CanonicalJSON.encode($0)) }
        return (Layer(stages: [try question("episodes", request.parameters)], subjects: subjects), sets)
    }

    func episodeWorker(
        _ request: EpisodeRequest, _ sets: [EpisodeSet], _ resolved: Resolved
    ) throws -> any LayerWorker {
        EpisodeWorker(parameters: request.parameters, sets: sets, inputs: try selectionInputs(resolved))
    }

    private func question(_ name: String, _ parameters: some Encodable) throws -> StageSpec {
        StageSpec(
            identity: StageIdentity(
                name: name, revision: 1, parameters: try CanonicalJSON.encode(parameters)),
            inputs: [.each("split"), .list("ingest"), .list("frame"), .list(featureStage)], isKept: true)
    }

    private func selectionInputs(_ resolved: Resolved) throws -> SelectionInputs {
        SelectionInputs(
            split: try single("split", resolved), ingest: resolved.known("ingest"),
            frame: resolved.known("frame"), features: resolved.known(featureStage), store: store)
    }
}
