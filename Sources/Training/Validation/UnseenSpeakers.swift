internal import Corpus
internal import Scoring

/// How well a network tells apart speakers of a side: the equal error rate over all pairs of a sample of its rows.
struct UnseenSpeakers: Sendable {
    private let sample: SpreadRows
    /// Pairs of places in the sample that are not of one utterance.
    private let pairs: [(first: Int, second: Int)]

    /// Of rows spread evenly over `side`; nil when they are not of two speakers, one of them in two utterances.
    init?(_ labels: RowLabels, side: Side, limit: Int = HeldOutLimit.rows) {
        let sample = SpreadRows(labels, side: side, limit: limit)
        pairs = sample.rows.indices.flatMap { first in
            (first + 1..<sample.rows.count).filter { sample.utterances[first] != sample.utterances[$0] }
                .map { (first: first, second: $0) }
        }
        self.sample = sample
        let sameCount = pairs.count { sample.speakers[$0.first] == sample.speakers[$0.second] }
        guard sameCount > 0, sameCount < pairs.count else { return nil }
    }

    /// What has to be embedded.
    var rows: [UInt32] { sample.rows }

    /// The equal error rate, and the distance at it.
    func equalErrorRate(_ scores: PairScores) throws(TrainingError) -> EqualErrorRate {
        let distances = try scores.scores(
            of: pairs.map { (first: sample.rows[$0.first], second: sample.rows[$0.second]) })
        return try TrainingError.scoring { () throws(ScoringError) in
            try TrialScores(
                distances, isTarget: pairs.map { sample.speakers[$0.first] == sample.speakers[$0.second] },
                sense: .distance
            ).equalErrorRate()
        }
    }
}
