internal import Scoring

/// Scores of trials and of pairs of rows, as the system compares them: distances, the smaller the more of one speaker.
struct PairScores {
    private let distance: PairDistance
    let vectors: RowVectors

    init(_ network: any Network, _ vectors: RowVectors) {
        distance = PairDistance(network)
        self.vectors = vectors
    }

    var comparison: PairDistance.Comparison { distance.comparison }

    /// The score of each trial. An utterance is the average of its examples.
    func scores(of trials: TrialSet) throws(TrainingError) -> [Double] {
        let averages = trials.units.flatMap { unit in
            unit.rows.count == 1
                ? Array(vectors.table[vectors.place(of: unit.rows[0])])
                : comparison.ofCenters.center(unit.rows.map { vectors.vector($0) }).map { Float($0) }
        }
        let units = EmbeddingTable(
            rows: trials.units.indices.map { UInt32($0) }, size: vectors.table.size, values: averages)
        let pairs = zip(trials.first, trials.second).map { (first: Int($0), second: Int($1)) }
        return try distance(units, pairs).map { Double($0) }
    }

    /// The scores of pairs of rows.
    func scores(of rows: [(first: UInt32, second: UInt32)]) throws(TrainingError) -> [Double] {
        let pairs = rows.map { (vectors.place(of: $0.first), vectors.place(of: $0.second)) }
        return try distance(vectors.table, pairs).map { Double($0) }
    }
}
