/// Which way a score points: what a larger number says about two utterances.
package enum ScoreSense: String, Codable, Sendable, CaseIterable {
    /// Larger means more alike (cosine, log-likelihood ratio, probability of the same speaker). A pair is accepted
    /// when its score is at least the threshold.
    case similarity
    /// Larger means less alike (Euclidean, 1 − cosine). A pair is accepted when its score is at most the threshold.
    case distance

    /// The score, or the threshold, turned so that larger means more alike; turned back by the same call.
    func turned(_ value: Double) -> Double { self == .distance ? -value : value }
}
