import ContentStore
import Corpus
import Shards

/// Trials as rows: the enrolled utterance, the tested one, and whether they are one speaker's.
///
///     label (1 target), a_utterance, b_utterance, a_speaker, b_speaker, a_key, b_key
struct TrialRows: RowSource {
    private struct Shard: Sendable {
        let file: TensorFileReader
        let count: Int
        let names: [String]
        let speakers: [UInt32]
    }

    private let shards: [Side: [Shard]]
    private let table: ExampleTable
    private let hasCorpora: Bool
    private let split: SplitTable
    /// The place among all utterances of those that trials name.
    private let places: [String: Int]

    init(_ built: BuiltDataset, examples: ExampleRows) throws {
        guard let trials = built.recipe.trials else {
            throw StageError.usage(
                "recipe '\(built.recipe.name)' makes no trials; give it a section such as trials: {kind: all}"
            )
        }
        split = built.split
        table = examples.table
        hasCorpora = built.hasCorpora
        places = Dictionary(
            table.wholeNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var shards: [Side: [Shard]] = [:]
        for side in trials.sides {
            shards[side] = try built.shards("trials", side).map { file in
                Shard(
                    file: file, count: file.entries["a"]?.shape.first ?? 0,
                    names: try TextColumn.read("utterance", from: file),
                    speakers: try file.unsigned("utterance.speaker"))
            }
        }
        self.shards = shards
    }

    var columns: [ShardColumn] {
        [
            ShardColumn("label", .integer), ShardColumn("a_utterance", .text),
            ShardColumn("b_utterance", .text),
            ShardColumn("a_speaker", .text), ShardColumn("b_speaker", .text),
            ShardColumn("a_key", .text), ShardColumn("b_key", .text),
        ]
    }

    func count(_ side: Side) -> Int { (shards[side] ?? []).reduce(0) { $0 + $1.count } }
    func meanByteCount(_ sides: [Side]) -> Int { 128 }
    func reader() throws -> any RowReader { Reader(trials: self) }

    private struct Reader: RowReader {
        let trials: TrialRows

        mutating func fill(_ row: inout ShardRow, _ side: Side, _ number: Int) throws {
            var local = number
            for shard in trials.shards[side] ?? [] {
                guard local >= shard.count else {
                    let a = Int(try shard.file.unsigned("a", rows: local..<local + 1)[0])
                    let b = Int(try shard.file.unsigned("b", rows: local..<local + 1)[0])
                    row.key = "\(side.rawValue)-\(number)"
                    row.values = [
                        .integer(Int(try shard.file.byte("label", at: local))),
                        .text(trials.names(shard.names[a]).id), .text(trials.names(shard.names[b]).id),
                        .text(trials.speaker(shard.speakers[a])), .text(trials.speaker(shard.speakers[b])),
                        .text(trials.names(shard.names[a]).key), .text(trials.names(shard.names[b]).key),
                    ]
                    return
                }
                local -= shard.count
            }
        }
    }

    private func speaker(_ number: UInt32) -> String {
        SpeakerLabels.name(split.speakerNames[Int(number)], hasCorpora: hasCorpora)
    }

    /// The id and the key of an utterance that lists call `whole`.
    private func names(_ whole: String) -> (id: String, key: String) {
        places[whole].map { (table.utteranceNames[$0], table.keys[$0]) } ?? (whole, PlainName.of(whole))
    }
}
