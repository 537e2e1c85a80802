/// How many episodes of one shape were answered rightly. An answer is right when its class is better than every other;
/// a class as good as the right one makes it wrong, so that a network that maps all to one point scores 0, not 1.
package struct EpisodeAccuracy: Codable, Hashable, Sendable {
    package let wayCount: Int
    package let shotCount: Int
    package private(set) var episodeCount = 0
    package private(set) var rightCount = 0
    /// Episodes wrong only because another class was as good as the right one.
    package private(set) var tiedCount = 0

    package var accuracy: Double { Double(rightCount) / Double(episodeCount) }
    /// What guessing reaches: 1/k.
    package var chance: Double { 1 / Double(wayCount) }

    /// E. B. Wilson's interval of the accuracy (1927), for episodes drawn independently.
    package func interval(confidence: Double = 0.95) -> ConfidenceInterval {
        ConfidenceInterval(wilson: rightCount, of: episodeCount, confidence: confidence)
    }

    /// Answers episodes from embeddings: by the nearest class center, or by pair scores where there is one shot, which
    /// is the same. An error for rows that are not there.
    package init(
        _ episodes: EpisodeSet, embeddings: EmbeddingRows, comparison: EmbeddingComparison
    ) throws(ScoringError) {
        (wayCount, shotCount) = (episodes.wayCount, episodes.shotCount)
        if let row = (episodes.query + episodes.support).max(), row >= embeddings.count {
            throw ScoringError("an episode names row \(row); there are \(embeddings.count) embeddings")
        }
        let (ways, shots) = (episodes.wayCount, episodes.shotCount)
        for episode in 0..<episodes.count {
            let query = embeddings.row(Int(episodes.query[episode]))
            let scores = (0..<ways).map { way in
                let first = (episode * ways + way) * shots
                let rows = (first..<first + shots).map { embeddings.row(Int(episodes.support[$0])) }
                return comparison.score(query, comparison.center(rows))
            }
            try add(scores, answer: Int(episodes.answer[episode]), sense: comparison.sense)
        }
    }

    /// Answers one-shot episodes from a network's own scores of (query, support), in the order of the support.
    package init(_ episodes: EpisodeSet, pairScores: [Double], sense: ScoreSense) throws(ScoringError) {
        (wayCount, shotCount) = (episodes.wayCount, episodes.shotCount)
        guard episodes.shotCount == 1 else {
            throw ScoringError(
                "pair scores answer one-shot episodes only; these have \(episodes.shotCount) shots, so compare embeddings"
            )
        }
        guard pairScores.count == episodes.support.count else {
            throw ScoringError(
                "there are \(pairScores.count) scores for \(episodes.support.count) pairs of episodes")
        }
        for episode in 0..<episodes.count {
            let scores = pairScores[episode * wayCount..<(episode + 1) * wayCount]
            try add(Array(scores), answer: Int(episodes.answer[episode]), sense: sense)
        }
    }

    private mutating func add(_ scores: [Double], answer: Int, sense: ScoreSense) throws(ScoringError) {
        for score in scores { try TrialScores.check(score, "a score of episode \(episodeCount + 1)") }
        episodeCount += 1
        let own = sense.turned(scores[answer])
        let others =
            scores.indices.filter { $0 != answer }.map { sense.turned(scores[$0]) }.max() ?? -.infinity
        if own > others { rightCount += 1 }
        if own == others { tiedCount += 1 }
    }
}
