import ContentStore
import Corpus
import Manifest
import Pipeline

/// The episodes of one side for one number of shots and ways.
struct EpisodeSet: Codable, Hashable {
    let side: Side
    let shot: Int
    let way: Int

    var subject: String {
        "\(side.rawValue)/\(shot)-shot-\(way < 10 ? "0" : "")\(way)-way"
    }
}

/// Draws n-shot k-way episodes by reference, one set a file:
///
///     query      [count]              row of the query
///     support    [count, way, shot]   rows of the support, class by class
///     answer     [count]              the class that is the query's speaker, anywhere in 0..<way
///     pack.firstRow, pack.features    what row numbers refer to, as for pairs
final class EpisodeWorker: LayerWorker {
    private let parameters: EpisodeParameters
    private let sets: [EpisodeSet]
    private let inputs: SelectionInputs
    private var table: SplitTable?
    private var side: (side: Side, rows: EpisodeRows)?

    init(parameters: EpisodeParameters, sets: [EpisodeSet], inputs: SelectionInputs) {
        self.parameters = parameters
        self.sets = sets
        self.inputs = inputs
    }

    func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?] {
        let set = sets[order.index]
        return try SelectionTask.run(
            order, what: "episodes of side \(set.side.rawValue)", store: inputs.store
        ) {
            let table = try self.table ?? inputs.table()
            self.table = table
            let rows = try self.rows(set.side, table)
            let seed = KeyedRandom(seed: parameters.seed, domain: "episodes.side").bits(set.side.rawValue)
            let plan = try EpisodePlan(rows, parameters, shot: set.shot, way: set.way, seed: seed)
            return (try file(plan, set, rows, table), plan.count)
        }
    }

    private func rows(_ side: Side, _ table: SplitTable) throws -> EpisodeRows {
        if let known = self.side, known.side == side { return known.rows }
        let utterances = try SideUtterances(side, table, inputs)
        try EmptySide.check(utterances.count)
        let rows = utterances.episodeRows
        self.side = (side, rows)
        return rows
    }

    private func file(
        _ plan: EpisodePlan, _ set: EpisodeSet, _ rows: EpisodeRows, _ table: SplitTable
    ) throws(StoreError) -> TensorFile {
        var columns = EpisodeColumns()
        for e in 0..<plan.count { plan.append(e, to: &columns) }
        let references = inputs.references(table)
        let asked = Set(columns.query.map { table.speakers[Int($0)] })
        return TensorFile(
            kind: "episodes",
            metadata: [
                "schema": "1", "side": set.side.rawValue, "shot": String(set.shot), "way": String(set.way),
                "total": String(plan.count), "parameters": try CanonicalJSON.encode(parameters),
                "speakers": String(rows.utterances.speakerCount),
                "querySpeakers": String(plan.querySpeakerCount),
                "classSpeakers": String(plan.classSpeakerCount), "speakersAsked": String(asked.count),
                "queriesUsed": String(Set(columns.query).count),
            ],
            tensors: [
                references.first, Tensor("query", columns.query),
                Tensor("support", shape: [plan.count, set.way, set.shot], .uint32(columns.support)),
                Tensor("answer", columns.answer), references.digests,
            ])
    }

    /// What a user should know of the episodes in `file`; the same for all ways.
    static func note(on file: TensorFileReader) -> String? {
        func number(_ key: String) -> Int? { file.metadata[key].flatMap { Int($0) } }
        guard let side = file.metadata["side"], let shot = number("shot"), let all = number("speakers"),
            let asking = number("querySpeakers"), asking < all
        else { return nil }
        return
            "\(Amount.count(all - asking)) of \(Amount.count(all)) \(side) speakers are the query of no \(shot)-shot "
            + "episode: they have too few other utterances that the rules allow"
    }
}
