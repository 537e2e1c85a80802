internal import ContentStore

/// A pair of a dataset, as rows.
struct StoredPair: Sendable {
    let first: UInt32
    let second: UInt32
    let isSame: Bool

    /// All pairs of some shards, in order.
    static func read(_ shards: DatasetPlace.Shards) throws(TrainingError) -> [StoredPair] {
        var pairs: [StoredPair] = []
        for path in shards.paths {
            do {
                let file = try TensorFileReader(path: path)
                let (first, second) = (try file.unsigned("a"), try file.unsigned("b"))
                // Trials have no labelOfSame: there 1 is target.
                let labelOfSame = file.metadata["labelOfSame"].flatMap { UInt8($0) } ?? 1
                for (index, label) in try file.bytes("label").enumerated() {
                    pairs.append(
                        StoredPair(first: first[index], second: second[index], isSame: label == labelOfSame))
                }
            } catch {
                throw .store(error)
            }
        }
        return pairs
    }
}

/// A triplet of a dataset, as rows.
struct StoredTriplet: Sendable {
    let anchor: UInt32
    let positive: UInt32
    let negative: UInt32

    /// All triplets of some shards, in order.
    static func read(_ shards: DatasetPlace.Shards) throws(TrainingError) -> [StoredTriplet] {
        var triplets: [StoredTriplet] = []
        for path in shards.paths {
            do {
                let file = try TensorFileReader(path: path)
                let (anchor, positive) = (try file.unsigned("anchor"), try file.unsigned("positive"))
                for (index, negative) in try file.unsigned("negative").enumerated() {
                    triplets.append(
                        StoredTriplet(anchor: anchor[index], positive: positive[index], negative: negative))
                }
            } catch {
                throw .store(error)
            }
        }
        return triplets
    }
}
