import ContentStore
import Corpus
import Shards

/// Trials as rows: the enrolled utterance, the tested one, and whether they are one speaker's.
///
///     label (1 target), a_utterance, b_utterance, a_speaker, b_speaker
struct TrialRows: RowSource {
    private struct Shard: Sendable {
        let file: TensorFileReader
        let count: Int
        let names: [String]
        let speakers: [UInt32]
    }

    private let shards: [Side: [Shard]]
    private let split: SplitTable

    init(_ built: BuiltDataset) throws {
        guard let trials = built.recipe.trials else {
            throw StageError.usage(
                "recipe '\(built.recipe.name)' makes no trials; give it a section such as trials: {kind: all}"
            )
        }
        split = built.split
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
                        .integer(Int(try shard.file.byte("label", at: local))), .text(shard.names[a]),
                        .text(shard.names[b]), .text(trials.speaker(shard.speakers[a])),
                        .text(trials.speaker(shard.speakers[b])),
                    ]
                    return
                }
                local -= shard.count
            }
        }
    }

    private func speaker(_ number: UInt32) -> String { split.speakerNames[Int(number)] }
}
