internal import ContentStore

/// A pair of a dataset, as rows.
struct StoredPair: Sendable {
    let first: UInt32
    let second: UInt32
    let isSame: Bool

    /// The pairs of a shard, in order.
    static func all(in file: TensorFileReader) throws(StoreError) -> [StoredPair] {
        let (first, second) = (try file.unsigned("a"), try file.unsigned("b"))
        // Trials have no labelOfSame: there 1 is target.
        let labelOfSame = file.metadata["labelOfSame"].flatMap { UInt8($0) } ?? 1
        return try file.bytes("label").enumerated().map { index, label in
            StoredPair(first: first[index], second: second[index], isSame: label == labelOfSame)
        }
    }
}

/// A triplet of a dataset, as rows.
struct StoredTriplet: Sendable {
    let anchor: UInt32
    let positive: UInt32
    let negative: UInt32

    /// The triplets of a shard, in order.
    static func all(in file: TensorFileReader) throws(StoreError) -> [StoredTriplet] {
        let (anchor, positive) = (try file.unsigned("anchor"), try file.unsigned("positive"))
        return try file.unsigned("negative").enumerated().map { index, negative in
            StoredTriplet(anchor: anchor[index], positive: positive[index], negative: negative)
        }
    }
}

extension DatasetPlace.Shards {
    /// What `read` finds in each shard, one after the other.
    func items<Item>(
        _ read: (TensorFileReader) throws(StoreError) -> [Item]
    ) throws(TrainingError) -> [Item] {
        var items: [Item] = []
        do throws(StoreError) {
            for path in paths { items += try read(try TensorFileReader(path: path)) }
        } catch {
            throw .store(error)
        }
        return items
    }
}
