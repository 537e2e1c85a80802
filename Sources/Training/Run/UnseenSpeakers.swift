package import Corpus

/// How well a network tells apart speakers of a side: the equal error rate over all pairs of a sample of its rows.
package struct UnseenSpeakers: Sendable {
    package let side: Side
    private let rows: [UInt32]
    private let speakers: [UInt32]

    /// Up to `limit` rows of `side`, spread evenly over it; nil when they are not of two speakers.
    package init?(_ labels: RowLabels, side: Side, limit: Int = 600) {
        let all = labels.rows(of: side)
        let count = min(limit, all.count)
        rows = (0..<count).map { all[$0 * all.count / count] }
        speakers = rows.map { labels.speakers[Int($0)] }
        self.side = side
        guard Set(speakers).count >= 2, Set(speakers).count < speakers.count else { return nil }
    }

    /// The equal error rate, 0…1.
    ///
    /// - Parameter byCosine: whether embeddings are compared by their angle rather than their distance.
    package func equalErrorRate(
        _ network: any Network, _ examples: MappedExamples, byCosine: Bool
    ) throws(TrainingError) -> Double {
        let table = try EmbeddingTable(of: rows, network, examples)
        let lengths = rows.indices.map { place in
            byCosine ? max(table[place].reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-8) : 1
        }
        var scores: [(distance: Float, isSame: Bool)] = []
        scores.reserveCapacity(rows.count * (rows.count - 1) / 2)
        for first in rows.indices {
            for second in first + 1..<rows.count {
                var sum: Float = 0
                for (one, other) in zip(table[first], table[second]) {
                    let difference = one / lengths[first] - other / lengths[second]
                    sum += difference * difference
                }
                scores.append((sum, speakers[first] == speakers[second]))
            }
        }
        return UnseenSpeakers.equalErrorRate(&scores)
    }

    /// Where as many pairs of one speaker are refused as pairs of two accepted, by the threshold at which the two shares
    /// are closest; their mean there.
    static func equalErrorRate(_ scores: inout [(distance: Float, isSame: Bool)]) -> Double {
        scores.sort { $0.distance < $1.distance }
        let same = Double(scores.count { $0.isSame })
        let different = Double(scores.count) - same
        var (accepted, wrong, best, rate) = (0.0, 0.0, Double.infinity, 1.0)
        for (index, score) in scores.enumerated() {
            if score.isSame { accepted += 1 } else { wrong += 1 }
            // Equal distances fall on one side of a threshold together.
            if index + 1 < scores.count, scores[index + 1].distance == score.distance { continue }
            let (refused, admitted) = (1 - accepted / same, wrong / different)
            if abs(refused - admitted) < best {
                (best, rate) = (abs(refused - admitted), (refused + admitted) / 2)
            }
        }
        return rate
    }
}
