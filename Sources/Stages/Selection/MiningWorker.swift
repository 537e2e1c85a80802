import ContentStore
import Corpus
import Manifest
import Pipeline

/// Mines hard pairs or triplets by reference, the anchors of a shard at a time. The artifact is that of drawn ones; its
/// metadata also hold the embeddings' digest and what was counted.
final class MiningWorker: LayerWorker {
    private let parameters: PairParameters
    private let mining: MiningRules
    private let shards: [PairShard]
    private let sources: RowSources
    private let file: EmbeddingsFile
    private let shared: SharedEmbeddings
    private var rows: DatasetRows?
    private var miner: (side: Side, miner: HardMiner)?

    init(
        parameters: PairParameters, mining: MiningRules, shards: [PairShard], sources: RowSources,
        file: EmbeddingsFile, shared: SharedEmbeddings
    ) {
        self.parameters = parameters
        self.mining = mining
        self.shards = shards
        self.sources = sources
        self.file = file
        self.shared = shared
    }

    func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?] {
        let shard = shards[order.index]
        return try SelectionTask.run(
            order, what: "pairs of side \(shard.side.rawValue)", store: sources.store
        ) {
            let rows = try self.rows ?? DatasetRows(sources)
            self.rows = rows
            var miner = try self.miner(for: shard.side, rows)
            let mined = try miner.mine(places: shard.places)
            self.miner = (shard.side, miner)
            let file = PairWorker.file(
                columns(mined), references: rows.references, metadata: try metadata(mined, miner.plan, shard))
            return (file, mined.count)
        }
    }

    private func miner(for side: Side, _ rows: DatasetRows) throws -> HardMiner {
        if let miner, miner.side == side { return miner.miner }
        try EmptySide.check(rows.rows(of: side).count)
        let embeddings = try shared.rows { () throws(StageError) in
            try file.open(rowCount: rows.count, split: sources.split, distance: mining.distance)
        }
        let seed = KeyedRandom(seed: parameters.seed, domain: "mining.side")
            .bits(side.rawValue, UInt64(parameters.epoch ?? 0))
        let plan = try MiningPlan(
            rows: rows.rows(of: side, where: embeddings.has), rules: parameters.rules, mining: mining,
            count: parameters.count, seed: seed)
        guard plan.epochCount <= MiningReading.largestVisitCount else {
            throw StageError.failed(
                "\(plan.count) are asked for of \(plan.anchorCount) examples; mining visits each at most "
                    + "\(MiningReading.largestVisitCount) times, so lower pairs.count")
        }
        return HardMiner(plan: plan, table: embeddings.table, tableRows: embeddings.tableRows)
    }

    private func columns(_ mined: MinedRows) -> [Tensor] {
        parameters.rules.kind == .triplets
            ? [
                Tensor("anchor", mined.first), Tensor("positive", mined.second),
                Tensor("negative", mined.third),
            ]
            : [Tensor("a", mined.first), Tensor("b", mined.second), Tensor("label", mined.labels)]
    }

    private func metadata(
        _ mined: MinedRows, _ plan: MiningPlan, _ shard: PairShard
    ) throws(StoreError) -> [String: String] {
        [
            "schema": "1", "side": shard.side.rawValue, "firstAnchor": String(shard.first),
            "asked": String(plan.count), "labelOfSame": String(parameters.rules.labelOfSame),
            "parameters": try CanonicalJSON.encode(parameters), "embeddings": file.digest?.hex ?? "",
            "anchors": String(plan.anchorCount), "notAnchors": String(plan.ineligibleCount),
            "beyondMargin": String(mined.beyondMarginCount), "missing": String(mined.missingCount),
        ]
    }

    /// What a user should know of the mined pairs in all files of a build, side by side.
    static func notes(on files: [TensorFileReader]) -> [String] {
        Side.allCases.flatMap { side in
            let own = files.filter {
                $0.metadata["firstAnchor"] != nil && $0.metadata["side"] == side.rawValue
            }
            func sum(_ key: String) -> Int {
                own.reduce(0) { $0 + ($1.metadata[key].flatMap { Int($0) } ?? 0) }
            }
            var notes: [String] = []
            let single = own.first?.metadata["notAnchors"].flatMap { Int($0) } ?? 0
            if single > 0 {
                notes.append(
                    "\(Amount.count(single)) \(side) examples are no anchor: their speaker has no other example, or "
                        + "there is no other speaker, that the rules allow")
            }
            if sum("beyondMargin") > 0 {
                notes.append(
                    "\(Amount.count(sum("beyondMargin"))) \(side) triplets have no negative within pairs.margin; the "
                        + "nearest beyond it stands in")
            }
            if sum("missing") > 0 {
                notes.append(
                    "\(Amount.count(sum("missing"))) of the \(side) pairs or triplets asked for are missing, as the "
                        + "rules and distances leave no more for their examples")
            }
            return notes
        }
    }
}
