internal import Corpus
internal import Torch

/// Are these of one speaker?
struct HeldOutPairs: HeldOutQuestions {
    let side: Side
    private let pairs: [StoredPair]

    /// The stored pairs of the side, or where it has none, as many of one speaker as of two, drawn from its examples
    /// and never within an utterance; nil where that gives none.
    init?(_ data: TrainingData, side: Side) throws(TrainingError) {
        self.side = side
        if let stored = data.place.pairs.stored(side) {
            pairs = try stored.items(StoredPair.all).spread(HeldOutLimit.stored)
        } else {
            pairs = HeldOutPairs.drawn(SpreadRows(data.labels, side: side, limit: HeldOutLimit.rows))
        }
        guard !pairs.isEmpty else { return nil }
    }

    private static func drawn(_ rows: SpreadRows) -> [StoredPair] {
        let sample = PairSample(speakers: rows.speakers, utterances: rows.utterances)
        let kinds = [true, false].map { isTarget in
            sample.pairs.filter { $0.isTarget == isTarget }.map {
                StoredPair(first: rows.rows[$0.first], second: rows.rows[$0.second], isSame: isTarget)
            }
        }
        let count = min(HeldOutLimit.drawn / 2, kinds[0].count, kinds[1].count)
        return kinds.flatMap { $0.spread(count) }
    }

    var count: Int { pairs.count }
    var rows: Set<UInt32> { Set(pairs.flatMap { [$0.first, $0.second] }) }

    func batch(
        _ range: Range<Int>, _ vectors: RowVectors, _ device: Device
    ) throws(TorchError) -> PairBatch {
        PairBatch(
            first: try vectors.tensor(pairs[range].map(\.first), device),
            second: try vectors.tensor(pairs[range].map(\.second), device), same: pairs[range].map(\.isSame))
    }
}
