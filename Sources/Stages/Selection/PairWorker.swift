import ContentStore
import Corpus
import Manifest
import Pipeline

/// A shard of the pairs of one side: pairs `first ..< first + limit`, as far as there are so many.
struct PairShard: Codable, Hashable {
    /// Rows of one shard: 48 MiB of triplets.
    static let rowCount = 1 << 22

    let side: Side
    let first: Int

    var subject: String { "\(side.rawValue)/\(String(100_000 + first / PairShard.rowCount).dropFirst())" }
}

/// Draws pairs or triplets by reference: row numbers into the features of all packs, in pack order.
final class PairWorker: LayerWorker {
    private let parameters: PairParameters
    private let shards: [PairShard]
    private let split: Digest
    private let features: [Resolved.Entry]
    private let augmented: [Resolved.Entry]
    private let store: Store
    private var rows: DatasetRows?
    private var draws: (side: Side, plan: Draws)?

    private enum Draws {
        case pairs(PairPlan)
        case triplets(TripletPlan)

        var count: Int {
            switch self {
            case .pairs(let plan): plan.count
            case .triplets(let plan): plan.count
            }
        }

        /// How many there could be, for people and readers.
        var metadata: [String: String] {
            switch self {
            case .pairs(let plan):
                [
                    "samePairsAvailable": String(plan.samePairsAvailable),
                    "differentPairsAvailable": String(plan.differentPairsAvailable),
                ]
            case .triplets(let plan):
                [
                    "anchors": String(plan.eligibleAnchorCount),
                    "notAnchors": String(plan.ineligibleAnchorCount),
                ]
            }
        }
    }

    init(
        parameters: PairParameters, shards: [PairShard], split: Digest, features: [Resolved.Entry],
        augmented: [Resolved.Entry], store: Store
    ) {
        self.parameters = parameters
        self.shards = shards
        self.split = split
        self.features = features
        self.augmented = augmented
        self.store = store
    }

    func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?] {
        var clock = StageClock()
        let shard = shards[order.index]
        do {
            let rows =
                try self.rows
                ?? DatasetRows(split: split, features: features, augmented: augmented, store: store)
            self.rows = rows
            let draws = try self.draws(for: shard.side, rows)
            let range = min(shard.first, draws.count)..<min(shard.first + PairShard.rowCount, draws.count)
            let file = PairWorker.file(
                columns(draws, range), references: rows.references,
                metadata: try metadata(draws, shard))
            var counts = TaskCounts()
            counts.pairs = range.count
            return [
                StageOutcome(
                    staged: try store.stage(file, keep: order.writes[0]), counts: counts,
                    elapsedSeconds: clock.charge(.write))
            ]
        } catch let error as StoreError {
            throw .store(error)
        } catch {
            throw .worker("pairs of side \(shard.side.rawValue): \(error)")
        }
    }

    private func draws(for side: Side, _ rows: DatasetRows) throws(PairError) -> Draws {
        if let draws, draws.side == side { return draws.plan }
        let seed = KeyedRandom(seed: parameters.seed, domain: "pairs.side").bits(side.rawValue)
        let plan = try plan(rows.rows(of: side), seed: seed)
        draws = (side, plan)
        return plan
    }

    private func plan(_ rows: PairRows, seed: UInt64) throws(PairError) -> Draws {
        switch (parameters.rules.kind, parameters.count) {
        case (.pairs, .total(let count)):
            .pairs(try PairPlan(rows: rows, rules: parameters.rules, count: count, seed: seed))
        case (.pairs, .each(let times)):
            .pairs(try PairPlan(rows: rows, rules: parameters.rules, count: times * rows.count, seed: seed))
        case (.triplets, .total(let count)):
            .triplets(try TripletPlan(rows: rows, rules: parameters.rules, count: .total(count), seed: seed))
        case (.triplets, .each(let times)):
            .triplets(
                try TripletPlan(rows: rows, rules: parameters.rules, count: .perAnchor(times), seed: seed))
        }
    }

    private func columns(_ draws: Draws, _ range: Range<Int>) -> [Tensor] {
        var first = [UInt32](repeating: 0, count: range.count)
        var second = first
        switch draws {
        case .pairs(let plan):
            var labels = [UInt8](repeating: 0, count: range.count)
            do {
                var a = first.mutableSpan
                var b = second.mutableSpan
                var label = labels.mutableSpan
                plan.fill(range: range, a: &a, b: &b, label: &label)
            }
            return [Tensor("a", first), Tensor("b", second), Tensor("label", labels)]
        case .triplets(let plan):
            var third = first
            do {
                var anchor = first.mutableSpan
                var positive = second.mutableSpan
                var negative = third.mutableSpan
                plan.fill(range: range, anchor: &anchor, positive: &positive, negative: &negative)
            }
            return [Tensor("anchor", first), Tensor("positive", second), Tensor("negative", third)]
        }
    }

    private func metadata(_ draws: Draws, _ shard: PairShard) throws(StoreError) -> [String: String] {
        let known = [
            "schema": "1", "side": shard.side.rawValue, "first": String(shard.first),
            "total": String(draws.count), "labelOfSame": String(parameters.rules.labelOfSame),
            "parameters": try CanonicalJSON.encode(parameters),
        ]
        return known.merging(draws.metadata) { first, _ in first }
    }

    private static func file(
        _ columns: [Tensor], references: (first: Tensor, digests: Tensor), metadata: [String: String]
    ) -> TensorFile {
        let wide = columns.filter { $0.name != "label" }
        let narrow = columns.filter { $0.name == "label" }
        return TensorFile(
            kind: narrow.isEmpty ? "triplets" : "pairs", metadata: metadata,
            tensors: [references.first] + wide + narrow + [references.digests])
    }

    /// What a user should know of the pairs in `file`, the first shard of a side.
    static func note(on file: TensorFileReader) -> String? {
        guard file.metadata["first"] == "0", let side = file.metadata["side"],
            let left = file.metadata["notAnchors"].flatMap({ Int($0) }), left > 0
        else { return nil }
        return
            "\(Amount.count(left)) \(side) examples are no anchor: their speaker has no other example that the "
            + "rules allow; they still serve as negatives"
    }
}
