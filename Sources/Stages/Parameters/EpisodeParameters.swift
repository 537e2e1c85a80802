import Corpus

/// How n-shot k-way episodes are drawn, whatever n and k are.
package struct EpisodeParameters: Codable, Hashable, Sendable {
    /// Which utterance is drawn among several.
    package enum Draw: String, Codable, Sendable, CaseIterable {
        /// Each equally likely.
        case uniform
        /// Each in proportion to its duration.
        case byDuration = "by-duration"
    }

    /// Which example of an utterance is taken.
    package enum Example: String, Codable, Sendable, CaseIterable {
        /// Each equally likely.
        case any
        /// The first of those on the side.
        case first
    }

    /// Episodes for each (shot, way).
    package var count: Int
    package var seed: UInt64
    /// How the query's utterance is drawn among all that can be one.
    package var query: Draw
    /// How the utterances of a class are drawn for the support.
    package var supportDraw: Draw
    /// Whether the support of the query's speaker may come from the query's session.
    package var support: PairRules.Positives
    /// Which speakers the other classes may be.
    package var negatives: PairRules.Negatives
    package var example: Example
}

/// The episodes of a recipe: for each side, each number of shots and each number of ways.
package struct EpisodeRequest: Hashable, Sendable {
    package var parameters: EpisodeParameters
    /// Ascending, each once.
    package var shots: [Int]
    package var ways: [Int]
    package var sides: [Side]
}
