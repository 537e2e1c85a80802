package import Corpus
package import Scoring

/// How well a network tells apart speakers of a side: the equal error rate over all pairs of a sample of its rows.
package struct UnseenSpeakers: Sendable {
    package let side: Side
    private let rows: [UInt32]
    private let speakers: [UInt32]
    /// Pairs of places in `rows` that are not of one utterance.
    private let pairs: [(first: Int, second: Int)]

    /// Up to `limit` rows of `side`, spread evenly over it; nil when they are not of two
    /// speakers, one of them in two utterances.
    package init?(_ labels: RowLabels, side: Side, limit: Int = 600) {
        let all = labels.rows(of: side)
        let count = min(limit, all.count)
        rows = (0..<count).map { all[$0 * all.count / count] }
        let speakers = rows.map { labels.speakers[Int($0)] }
        let utterances = rows.map { labels.utterances[Int($0)] }
        pairs = speakers.indices.flatMap { first in
            (first + 1..<speakers.count).filter { utterances[first] != utterances[$0] }
                .map { (first: first, second: $0) }
        }
        (self.side, self.speakers) = (side, speakers)
        let sameCount = pairs.count { speakers[$0.first] == speakers[$0.second] }
        guard sameCount > 0, sameCount < pairs.count else { return nil }
    }

    /// The equal error rate, and the distance at it.
    package func equalErrorRate(
        _ network: any Network, _ examples: MappedExamples
    ) throws(TrainingError) -> EqualErrorRate {
        let table = try EmbeddingTable(of: rows, network, examples)
        let distances = try PairDistance(network)(table, pairs)
        do {
            return try TrialScores(
                distances.map(Double.init), isTarget: pairs.map { speakers[$0.first] == speakers[$0.second] },
                sense: .distance
            ).equalErrorRate()
        } catch {
            throw .unusable(error.message)
        }
    }
}
