import Corpus

@testable import Stages

/// Rows with made embeddings whose distances are exact in single precision, and what mining must give by a plain search
/// in double precision.
struct MiningFixture {
    let rows: PairFixture
    let distance: MiningRules.Distance
    let width: Int
    /// The embedding of each row, by its place in the fixture.
    let embeddings: [[Double]]

    /// - Parameter exact: entries of −1 and 1 in 16 dimensions (cosine) or small whole numbers (Euclidean), so that many
    ///   distances are equal; otherwise any numbers.
    init(_ rows: PairFixture, _ distance: MiningRules.Distance, exact: Bool = true, seed: UInt64 = 1) {
        self.rows = rows
        self.distance = distance
        width = exact ? 16 : 19
        let random = KeyedRandom(seed: seed, domain: "mining fixture")
        let width = self.width
        embeddings = rows.speakers.indices.map { row in
            (0..<width).map { column in
                let center = random.unit(1, UInt64(rows.speakers[row]) << 16 | UInt64(column)) - 0.5
                let noise = random.unit(2, UInt64(row) << 16 | UInt64(column)) - 0.5
                guard exact else { return Double(Float(center + 1.5 * noise)) }
                let mixed = center + noise
                return distance == .cosine ? (mixed < 0 ? -1 : 1) : (mixed * 4).rounded() + 9
            }
        }
    }

    /// The table, with rows by row number as far as there are; gaps hold ones.
    func table() throws(StageError) -> EmbeddingTable {
        let numbers = rows.speakers.indices.map { Int(rows.rowNumber($0)) }
        var values = [Float](repeating: 1, count: ((numbers.max() ?? -1) + 1) * width)
        for (row, number) in numbers.enumerated() {
            for (column, value) in embeddings[row].enumerated() {
                values[number * width + column] = Float(value)
            }
        }
        let (all, width) = (values, width)
        return try EmbeddingTable(rowCount: all.count / width, width: width, distance: distance) { rows in
            Array(all[rows.lowerBound * width..<rows.upperBound * width])
        }
    }

    /// The distance of two rows by their places in the fixture.
    func distance(_ a: Int, _ b: Int) -> Double {
        let (x, y) = (embeddings[a], embeddings[b])
        func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
        switch distance {
        case .cosine: return 1 - dot(x, y) / (dot(x, x) * dot(y, y)).squareRoot()
        case .euclidean: return zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
    }

    /// Rows that may be the anchor's negative, nearest first.
    func negatives(_ anchor: Int, _ rules: PairRules) -> [Int] {
        sorted(anchor, rows.speakers.indices.filter { rows.mayBeNegative(anchor, $0, rules) }, sign: 1)
    }

    /// Rows that may be its positive, farthest first.
    func positives(_ anchor: Int, _ rules: PairRules) -> [Int] {
        sorted(anchor, rows.speakers.indices.filter { rows.mayBePositive(anchor, $0, rules) }, sign: -1)
    }

    private func sorted(_ anchor: Int, _ others: [Int], sign: Double) -> [Int] {
        others.map { (row: $0, distance: sign * distance(anchor, $0)) }
            .sorted { ($0.distance, rows.rowNumber($0.row)) < ($1.distance, rows.rowNumber($1.row)) }
            .map(\.row)
    }

    func plan(
        _ rules: PairRules, _ mining: MiningRules, _ count: PairParameters.Count, seed: UInt64 = 5
    ) throws(PairError) -> MiningPlan {
        try MiningPlan(rows: rows.rows, rules: rules, mining: mining, count: count, seed: seed)
    }

    func mine(
        _ rules: PairRules, _ mining: MiningRules, _ count: PairParameters.Count = .each(1),
        blockCount: Int? = nil
    ) throws -> MinedRows {
        let plan = try plan(rules, mining, count)
        var miner = HardMiner(plan: plan, table: try table(), blockCount: blockCount)
        return try miner.mine(places: 0..<plan.anchorCount)
    }
}
