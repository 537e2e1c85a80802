internal import Scoring

/// Answers stored episodes: with one shot by the smallest pair score, with several by the nearest average of a class, and
/// then also by the other comparisons of averages.
struct EpisodeAnswers {
    let scores: PairScores

    func answer(_ episodes: EpisodeSet) throws(TrainingError) -> Evaluation.Episodes {
        let places = scores.vectors
        let placed = try TrainingError.scoring { () throws(ScoringError) in
            try Scoring.EpisodeSet(
                wayCount: episodes.way, shotCount: episodes.shot,
                query: episodes.queries.map { UInt32(places.place(of: $0)) },
                support: episodes.support.map { UInt32(places.place(of: $0)) }, answer: episodes.answers)
        }
        let own = scores.comparison.ofCenters
        let accuracy = episodes.shot == 1 ? try byPairs(episodes, placed) : try byCenters(placed, own)
        let others = episodes.shot == 1 ? [] : EmbeddingComparison.allCases.filter { $0 != own }
        return Evaluation.Episodes(
            answers: accuracy, accuracy: accuracy.accuracy, interval: accuracy.interval(),
            compared: try others.map { (comparison) throws(TrainingError) in
                let found = try byCenters(placed, comparison)
                return .init(
                    comparison: comparison, accuracy: found.accuracy, interval: found.interval())
            })
    }

    private func byPairs(
        _ episodes: EpisodeSet, _ placed: Scoring.EpisodeSet
    ) throws(TrainingError) -> EpisodeAccuracy {
        let pairs = episodes.support.enumerated().map { number, row in
            (first: episodes.queries[number / episodes.way], second: row)
        }
        let found = try scores.scores(of: pairs)
        return try TrainingError.scoring { () throws(ScoringError) in
            try EpisodeAccuracy(placed, pairScores: found, sense: .distance)
        }
    }

    private func byCenters(
        _ placed: Scoring.EpisodeSet, _ comparison: EmbeddingComparison
    ) throws(TrainingError) -> EpisodeAccuracy {
        let table = scores.vectors.table
        return try TrainingError.scoring { () throws(ScoringError) in
            try EpisodeAccuracy(
                placed, embeddings: try EmbeddingRows(table.values, width: table.size),
                comparison: comparison)
        }
    }
}
