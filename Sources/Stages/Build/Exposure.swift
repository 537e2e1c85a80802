import ContentStore
import Corpus
import Pipeline

/// How often each example of a side stands in its pairs, as anchor, positive or negative.
package struct Exposure: Codable, Sendable {
    /// Beyond this many pairs they are not counted: they would be read at every build.
    static let largestCount = 50_000_000

    package var examples = 0
    /// Examples and utterances that stand in none.
    package var unused = 0
    package var least = 0
    package var median = 0
    package var most = 0
    /// Examples that stand in 0, 1, 2–3, 4–7, 8–15 … pairs.
    package var histogram: [Int] = []

    /// Of counts per example; nil for no examples.
    init?(_ counts: [UInt32]) {
        guard !counts.isEmpty else { return nil }
        let sorted = counts.sorted()
        examples = counts.count
        unused = sorted.prefix { $0 == 0 }.count
        least = Int(sorted[0])
        median = Int(sorted[sorted.count / 2])
        most = Int(sorted[sorted.count - 1])
        histogram = Array(repeating: 0, count: 33 - (sorted.last ?? 0).leadingZeroBitCount)
        for count in sorted { histogram[32 - count.leadingZeroBitCount] += 1 }
    }

    /// The exposures of every side that has pairs, by its name.
    static func measure(
        pairs: [Resolved.Entry], split: Digest, copies: Int, store: Store
    ) throws(StoreError) -> [String: Exposure] {
        guard pairs.reduce(0, { $0 + $1.counts.pairs }) <= largestCount, !pairs.isEmpty else { return [:] }
        let table = try SplitTable(try store.read(split))
        let total = table.sides.count + copies
        var exposures: [String: Exposure] = [:]
        for side in Side.allCases {
            let shards = pairs.filter { $0.subject.hasPrefix(side.rawValue + "/") }
            guard !shards.isEmpty else { continue }
            var counts = [UInt32](repeating: 0, count: total)
            for shard in shards {
                let file = try store.read(shard.artifact.digest)
                for column in ["a", "b", "anchor", "positive", "negative"] where file.entries[column] != nil {
                    for row in try file.unsigned(column) { counts[Int(row)] += 1 }
                }
            }
            // Copies, whose rows follow, are all of the train side.
            let own = counts.indices.filter { row in
                row < table.sides.count ? table.sides[row] == side.code : side == .train
            }
            exposures[side.rawValue] = Exposure(own.map { counts[$0] })
        }
        return exposures
    }

    /// `each train example stands in 1 to 3 pairs`.
    package var sentence: String {
        let range =
            least == most ? "\(Amount.count(most))" : "\(Amount.count(least)) to \(Amount.count(most))"
        return "an example stands in \(range), half of them in \(Amount.count(median)) or fewer"
            + (unused > 0 ? "; \(Amount.count(unused)) of \(Amount.count(examples)) in none" : "")
    }
}
