internal import Scoring

extension PairDistance.Comparison {
    /// What the scores are called on an axis.
    package var scoreName: String {
        switch self {
        case .cosine: "cosine distance"
        case .euclidean: "Euclidean distance"
        case .head: "the network's score that two differ"
        }
    }

    /// How several embeddings are averaged, and their averages compared: voicemap's rule for several shots.
    var ofCenters: EmbeddingComparison { self == .cosine ? .cosine : .euclidean }

    /// The score at which the network's own head is undecided: probability one half.
    var headCut: Double? { self == .head ? 0 : nil }
}
