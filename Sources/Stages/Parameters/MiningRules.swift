/// Which of all possible pairs or triplets are hard, by the distances of embeddings. See `HardMiner` for what each rule
/// gives.
package struct MiningRules: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// Triplets whose negative is farther than the positive, by less than the margin.
        case semiHard = "semi-hard"
        /// The farthest of the same speaker, the nearest of others.
        case hard
    }

    package enum Distance: String, Codable, Sendable, CaseIterable {
        /// 1 − cosine of the angle: 0 to 2.
        case cosine
        case euclidean
    }

    package var kind: Kind
    package var distance: Distance
    /// How much farther than the positive a semi-hard negative is at most; nil for `hard`.
    package var margin: Double?
    /// Among so many of the hardest one is drawn: 1 takes the hardest.
    package var candidates: Int

    package init(
        kind: Kind, distance: Distance = .cosine, margin: Double? = nil, candidates: Int = 1
    ) {
        self.kind = kind
        self.distance = distance
        self.margin = margin
        self.candidates = candidates
    }
}
