import ContentStore
import Corpus
import Manifest
import Pipeline

/// Makes the verification trials of a side by reference, a shard at a time:
///
///     a, b                    numbers of utterances in this file's own table, 0 first
///     label                   1 target, 0 nontarget
///     utterance(.end)         their names, such as 19/198/19-198-0001
///     utterance.speaker       their speakers in the split
///     utterance.row(End)      the rows of their examples on this side, utterance by utterance
///     pack.firstRow, pack.features    what row numbers refer to, as for pairs
final class TrialWorker: LayerWorker {
    private let parameters: TrialParameters
    private let shards: [PairShard]
    private let inputs: SelectionInputs
    private var table: SplitTable?
    private var drawn: (utterances: SideUtterances, plan: TrialPlan)?

    init(parameters: TrialParameters, shards: [PairShard], inputs: SelectionInputs) {
        self.parameters = parameters
        self.shards = shards
        self.inputs = inputs
    }

    func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?] {
        let shard = shards[order.index]
        return try SelectionTask.run(
            order, what: "trials of side \(shard.side.rawValue)", store: inputs.store
        ) {
            let table = try self.table ?? inputs.table()
            self.table = table
            let (utterances, plan) = try trials(shard.side, table)
            let range = min(shard.first, plan.count)..<min(shard.first + PairShard.rowCount, plan.count)
            return (try file(utterances, plan, range, shard, inputs.references(table)), range.count)
        }
    }

    private func trials(_ side: Side, _ table: SplitTable) throws -> (SideUtterances, TrialPlan) {
        if let drawn, drawn.utterances.side == side { return drawn }
        let utterances = try SideUtterances(side, table, inputs)
        try EmptySide.check(utterances.count)
        let seed = KeyedRandom(seed: parameters.seed, domain: "trials.side").bits(side.rawValue)
        let plan = try TrialPlan(rows: utterances.pairRows, parameters: parameters, seed: seed)
        drawn = (utterances, plan)
        return (utterances, plan)
    }

    private func file(
        _ utterances: SideUtterances, _ plan: TrialPlan, _ range: Range<Int>, _ shard: PairShard,
        _ references: (first: Tensor, digests: Tensor)
    ) throws(StoreError) -> TensorFile {
        var a = [UInt32](repeating: 0, count: range.count)
        var b = a
        var labels = [UInt8](repeating: 0, count: range.count)
        do {
            var aSpan = a.mutableSpan
            var bSpan = b.mutableSpan
            var labelSpan = labels.mutableSpan
            plan.fill(range: range, a: &aSpan, b: &bSpan, label: &labelSpan)
        }
        let names = utterances.tensors
        return TensorFile(
            kind: "trials",
            metadata: [
                "schema": "1", "side": shard.side.rawValue, "first": String(shard.first),
                "total": String(plan.count), "labelOfTarget": "1",
                "targets": String(labels.count { $0 == 1 }),
                "targetsAvailable": String(plan.targetsAvailable),
                "nontargetsAvailable": String(plan.nontargetsAvailable),
                "utterances": String(utterances.count), "utterancesUsed": String(Set(a).union(b).count),
                "speakers": String(Set(utterances.speakers).count),
                "parameters": try CanonicalJSON.encode(parameters),
            ],
            tensors: [references.first, Tensor("a", a), Tensor("b", b)] + names.wide
                + [Tensor("label", labels)] + names.narrow + [references.digests])
    }
}
