/// The figures of one replicate: each trial counts as often as the weights of its speakers say. One pass over sorted
/// trials for all costs and thresholds, in whole numbers until the last division.
struct WeightedErrors {
    let equalErrorRate: Double
    /// The least cost by each of the parameters.
    let minimumCosts: [Double]
    /// At each of the thresholds.
    let accuracies: [Double]

    /// nil where a class has no weight.
    init?(_ trials: SpeakerTrials, weights: [Int], costs: [DetectionCost], thresholds: [Double]) {
        let (first, second, scores) = (trials.first.span, trials.second.span, trials.scores.span)
        let weights = weights.span
        var (targets, nontargets) = (0, 0)
        for k in 0..<trials.count {
            let weight = WeightedErrors.weight(first[k], second[k], weights)
            if first[k] == second[k] { targets += weight } else { nontargets += weight }
        }
        guard targets > 0, nontargets > 0 else { return nil }
        var (missed, rejected) = (0, 0)
        var least = [Double](repeating: .infinity, count: costs.count)
        var decisions = WeightedDecisions(thresholds.map { trials.firstAccepted($0) })
        var crossing = EqualErrorCrossing()
        for k in 0...trials.count {
            if k == 0 || k == trials.count || scores[k] != scores[k - 1] {
                let point = OperatingPoint(
                    missCount: missed, falseAlarmCount: nontargets - rejected, targetCount: targets,
                    nontargetCount: nontargets)
                crossing.visit(point)
                let (missRate, falseAlarmRate) = (point.missRate, point.falseAlarmRate)
                for (place, cost) in costs.enumerated() {
                    least[place] = min(
                        least[place], cost.cost(missRate: missRate, falseAlarmRate: falseAlarmRate))
                }
            }
            decisions.visit(k, right: targets - missed + rejected)
            guard k < trials.count else { break }
            let weight = WeightedErrors.weight(first[k], second[k], weights)
            if first[k] == second[k] { missed += weight } else { rejected += weight }
        }
        guard let rate = crossing.rate else { return nil }
        (equalErrorRate, minimumCosts) = (rate, least)
        accuracies = decisions.rights.map { Double($0) / Double(targets + nontargets) }
    }

    private static func weight(_ first: UInt32, _ second: UInt32, _ weights: Span<Int>) -> Int {
        first == second ? weights[Int(first)] : weights[Int(first)] * weights[Int(second)]
    }
}

/// How much was decided rightly at thresholds, met one after another by a pass over sorted trials.
private struct WeightedDecisions {
    /// Of each threshold, in the order they were given.
    private(set) var rights: [Int]
    /// Where the accepted scores of each threshold begin, and which it is, in ascending order.
    private let places: [(first: Int, threshold: Int)]
    private var next = 0

    init(_ firstAccepted: [Int]) {
        rights = [Int](repeating: 0, count: firstAccepted.count)
        places = firstAccepted.enumerated().map { (first: $1, threshold: $0) }.sorted { $0.first < $1.first }
    }

    /// - Parameter right: what is decided rightly when the scores from `place` on are accepted.
    mutating func visit(_ place: Int, right: Int) {
        while next < places.count, places[next].first == place {
            rights[places[next].threshold] = right
            next += 1
        }
    }
}
