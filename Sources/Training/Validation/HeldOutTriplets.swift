internal import Corpus
internal import Torch

/// Is the negative farther from the anchor than the positive?
struct HeldOutTriplets: HeldOutQuestions {
    let side: Side
    private let triplets: [StoredTriplet]

    /// The stored triplets of the side; or where it has none, some for each of its examples: a positive of another
    /// utterance of the speaker and a negative of another speaker, computed from `seed`. nil where that gives none.
    init?(_ data: TrainingData, side: Side, seed: UInt64) throws(TrainingError) {
        self.side = side
        if let stored = data.place.pairs.stored(side) {
            triplets = try stored.items(StoredTriplet.all).spread(HeldOutLimit.stored)
        } else {
            let rows = SpreadRows(data.labels, side: side, limit: HeldOutLimit.rows)
            triplets = HeldOutTriplets.drawn(rows, seed)
        }
        guard !triplets.isEmpty else { return nil }
    }

    private static func drawn(_ rows: SpreadRows, _ seed: UInt64) -> [StoredTriplet] {
        let random = KeyedRandom(seed: seed, domain: "train.heldout")
        let each = max(1, HeldOutLimit.drawn / max(rows.rows.count, 1))
        return rows.rows.indices.flatMap { anchor -> [StoredTriplet] in
            let (speaker, utterance) = (rows.speakers[anchor], rows.utterances[anchor])
            let positives = rows.rows.indices.filter {
                rows.speakers[$0] == speaker && rows.utterances[$0] != utterance
            }
            let negatives = rows.rows.indices.filter { rows.speakers[$0] != speaker }
            guard !positives.isEmpty, !negatives.isEmpty else { return [] }
            return (0..<each).map { number in
                func draw(_ from: [Int], _ of: UInt64) -> UInt32 {
                    let place = random.below(
                        UInt64(from.count), UInt64(anchor), UInt64(number) * 2 + of)
                    return rows.rows[from[Int(place)]]
                }
                return StoredTriplet(
                    anchor: rows.rows[anchor], positive: draw(positives, 0), negative: draw(negatives, 1))
            }
        }
    }

    var count: Int { triplets.count }
    var rows: Set<UInt32> { Set(triplets.flatMap { [$0.anchor, $0.positive, $0.negative] }) }

    func batch(
        _ range: Range<Int>, _ vectors: RowVectors, _ device: Device
    ) throws(TorchError) -> TripletBatch {
        TripletBatch(
            anchor: try vectors.tensor(triplets[range].map(\.anchor), device),
            positive: try vectors.tensor(triplets[range].map(\.positive), device),
            negative: try vectors.tensor(triplets[range].map(\.negative), device))
    }
}
