import Testing

@testable import Scoring

struct EpisodeAccuracyTests {
    @Test(
        "1-shot and 5-shot answers equal numpy's and scikit-learn's nearest centroid",
        arguments: EmbeddingComparison.allCases)
    func golden(_ comparison: EmbeddingComparison) throws {
        let golden = try ScoringGolden.load().episodes
        let rows = try EmbeddingRows(golden[0].rows, width: 6)
        for asked in golden {
            let episodes = try EpisodeSet(
                wayCount: asked.wayCount, shotCount: asked.shotCount, query: asked.query,
                support: asked.support,
                answer: asked.answer)
            let found = try EpisodeAccuracy(episodes, embeddings: rows, comparison: comparison)
            #expect(found.rightCount == asked.right[comparison.rawValue])
            #expect(found.episodeCount == 60 && found.chance == 0.2 && found.tiedCount == 0)
            #expect(found.interval().lower < found.accuracy && found.accuracy < found.interval().upper)
        }
    }

    @Test("pair scores of one shot give the answers of the embeddings they come from")
    func pairScores() throws {
        let golden = try ScoringGolden.load().episodes[0]
        let rows = try EmbeddingRows(golden.rows, width: 6)
        let episodes = try EpisodeSet(
            wayCount: 5, shotCount: 1, query: golden.query, support: golden.support, answer: golden.answer)
        for comparison in EmbeddingComparison.allCases {
            let scores = golden.support.indices.map {
                rows.score(comparison, Int(golden.query[$0 / 5]), Int(golden.support[$0]))
            }
            #expect(
                try EpisodeAccuracy(episodes, pairScores: scores, sense: comparison.sense)
                    == EpisodeAccuracy(episodes, embeddings: rows, comparison: comparison))
        }
    }

    @Test("ties are wrong: a network that maps all to one point knows nothing")
    func ties() throws {
        let episodes = try EpisodeSet(
            wayCount: 2, shotCount: 2, query: [0, 1], support: [0, 1, 2, 3, 0, 1, 2, 3], answer: [0, 1])
        let rows = try EmbeddingRows([Float](repeating: 0.5, count: 12), width: 3)
        for comparison in EmbeddingComparison.allCases {
            let found = try EpisodeAccuracy(episodes, embeddings: rows, comparison: comparison)
            #expect(found.rightCount == 0 && found.tiedCount == 2 && found.accuracy == 0)
        }
    }

    @Test("embeddings of zeros are at cosine distance 1, not at no number")
    func zeros() throws {
        let rows = try EmbeddingRows([0, 0, 1, 0], width: 2)
        #expect(rows.score(.cosine, 0, 1) == 1)
        #expect(rows.score(.cosine, 1, 1) == 0)
        #expect(rows.score(.euclidean, 0, 1) == 1)
    }

    @Test("episodes of wrong shape, answers that are no class and rows that are not there are refused")
    func refusals() throws {
        #expect(throws: ScoringError("the answer of episode 1 is class 2; classes are 0 to 1")) {
            try EpisodeSet(wayCount: 2, shotCount: 1, query: [0], support: [0, 1], answer: [2])
        }
        #expect(throws: ScoringError.self) {
            try EpisodeSet(wayCount: 2, shotCount: 1, query: [0], support: [0, 1, 2], answer: [0])
        }
        #expect(throws: ScoringError.self) {
            try EpisodeSet(wayCount: 1, shotCount: 1, query: [0], support: [0], answer: [0])
        }
        let episodes = try EpisodeSet(wayCount: 2, shotCount: 1, query: [0], support: [0, 9], answer: [0])
        #expect(throws: ScoringError("an episode names row 9; there are 2 embeddings")) {
            try EpisodeAccuracy(
                episodes, embeddings: EmbeddingRows([1, 2], width: 1), comparison: .euclidean)
        }
        #expect(throws: ScoringError.self) {
            try EpisodeAccuracy(episodes, pairScores: [1], sense: .distance)
        }
        #expect(throws: ScoringError.self) {
            try EpisodeAccuracy(episodes, pairScores: [1, .nan], sense: .distance)
        }
        #expect(
            throws: ScoringError(
                "embedding 2 of 2 holds a value that is not a number; the network diverged or its input did, so train "
                    + "again from an earlier checkpoint")
        ) { try EmbeddingRows([1, 2, 3, .nan], width: 2) }
        #expect(throws: ScoringError.self) { try EmbeddingRows([1, 2, 3], width: 2) }
    }

    @Test(
        "in top-k, classes as good as the true one stand before it, and outputs that are not numbers are refused"
    )
    func topTies() throws {
        let found = try TopAccuracy(scores: [1, 1, 1, 0, 2, 2], classCount: 3, labels: [0, 0])
        #expect(found.placeCounts == [0, 0, 2])
        #expect(throws: ScoringError.self) { try TopAccuracy(scores: [1, .nan], classCount: 2, labels: [0]) }
        #expect(throws: ScoringError("example 1 has label 2; classes are 0 to 1")) {
            try TopAccuracy(scores: [1, 0], classCount: 2, labels: [2])
        }
        #expect(throws: ScoringError.self) { try TopAccuracy(scores: [], classCount: 2, labels: []) }
    }
}
