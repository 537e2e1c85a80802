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
    /// Of mined pairs a shard holds those of so many anchors, the first of which is `first`.
    var anchors: Int? = nil

    var subject: String {
        "\(side.rawValue)/\(String(100_000 + first / (anchors ?? PairShard.rowCount)).dropFirst())"
    }

    /// The places of its anchors.
    var places: Range<Int> { first..<first + (anchors ?? 0) }
}

/// Pairs or triplets of a side, each of which is computed when it is asked for.
protocol PairDraws {
    var count: Int { get }
    /// How many there could be, for people and readers.
    var metadata: [String: String] { get }
    /// The columns of a range of them.
    func columns(_ part: Range<Int>) -> [Tensor]
}

extension PairStream: PairDraws {}
extension StratifiedPairs: PairDraws {}

/// Draws pairs or triplets by reference: row numbers into the features of all packs, in pack order.
final class PairWorker: LayerWorker {
    private let parameters: PairParameters
    private let shards: [PairShard]
    private let sources: RowSources
    private var rows: DatasetRows?
    private var draws: (side: Side, stream: any PairDraws)?

    init(
        parameters: PairParameters, shards: [PairShard], sources: RowSources
    ) {
        self.parameters = parameters
        self.shards = shards
        self.sources = sources
    }

    func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?] {
        let shard = shards[order.index]
        return try SelectionTask.run(
            order, what: "pairs of side \(shard.side.rawValue)", store: sources.store
        ) {
            let rows = try self.rows ?? DatasetRows(sources)
            self.rows = rows
            let draws = try self.draws(for: shard.side, rows)
            let range = min(shard.first, draws.count)..<min(shard.first + PairShard.rowCount, draws.count)
            let file = PairWorker.file(
                draws.columns(range), references: rows.references, metadata: try metadata(draws, shard))
            return (file, range.count)
        }
    }

    private func draws(for side: Side, _ rows: DatasetRows) throws -> any PairDraws {
        if let draws, draws.side == side { return draws.stream }
        let seed = KeyedRandom(seed: parameters.seed, domain: "pairs.side").bits(side.rawValue)
        let stream: any PairDraws
        if let borders = parameters.durations {
            let strata = try rows.strata(borders, sources)
            let parts = (0...borders.count).map { number in
                rows.rows(of: side) { strata[Int($0)] == number }
            }
            stream = try StratifiedPairs(parts, parameters, seed: seed)
        } else {
            stream = try PairStream(rows.rows(of: side), parameters, seed: seed)
        }
        draws = (side, stream)
        return stream
    }

    private func metadata(_ draws: any PairDraws, _ shard: PairShard) throws(StoreError) -> [String: String] {
        let known = [
            "schema": "1", "side": shard.side.rawValue, "first": String(shard.first),
            "total": String(draws.count), "labelOfSame": String(parameters.rules.labelOfSame),
            "parameters": try CanonicalJSON.encode(parameters),
        ]
        return known.merging(draws.metadata) { first, _ in first }
    }

    static func file(
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
