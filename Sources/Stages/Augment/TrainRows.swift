import ContentStore
import Corpus

/// Which rows of a pack are on the train side: what an augmented pack depends on of the split, and no more, so that a
/// speaker who moves makes only its own packs stale.
struct TrainRows: Hashable, Sendable {
    let isTrain: [Bool]

    init(_ isTrain: [Bool]) { self.isTrain = isTrain }

    /// The rows of pack number `pack`.
    init(_ table: SplitTable, pack: Int) {
        let range = Int(table.packFirstRows[pack])..<Int(table.packFirstRows[pack + 1])
        isTrain = table.sides[range].map { $0 == Side.train.code }
    }

    var isEmpty: Bool { !isTrain.contains(true) }

    var digest: Digest { Digest.of(isTrain.map { $0 ? 1 : 0 }) }
}
