/// The figures of one replicate: each trial counts as often as the weights of its speakers say. One pass over sorted
/// trials, in whole numbers until the last division.
struct WeightedErrors {
    let equalErrorRate: Double
    let minimumCost: Double
    /// At the threshold that was given.
    let accuracy: Double?

    /// nil where a class has no weight.
    init?(_ trials: SpeakerTrials, weights: [Int], cost: DetectionCost, threshold: Double?) {
        let (first, second, scores) = (trials.first.span, trials.second.span, trials.scores.span)
        let weights = weights.span
        let accepted = threshold.map { trials.firstAccepted($0) }
        var (targets, nontargets, right) = (0, 0, 0)
        for k in 0..<trials.count {
            let isTarget = first[k] == second[k]
            let weight = WeightedErrors.weight(first[k], second[k], weights)
            if isTarget { targets += weight } else { nontargets += weight }
            if let accepted, (k >= accepted) == isTarget { right += weight }
        }
        guard targets > 0, nontargets > 0 else { return nil }
        var (missed, rejected, least) = (0, 0, Double.infinity)
        var crossing = EqualErrorCrossing()
        for k in 0...trials.count {
            if k == 0 || k == trials.count || scores[k] != scores[k - 1] {
                let point = OperatingPoint(
                    missCount: missed, falseAlarmCount: nontargets - rejected, targetCount: targets,
                    nontargetCount: nontargets)
                crossing.visit(point)
                least = min(least, cost.cost(missRate: point.missRate, falseAlarmRate: point.falseAlarmRate))
            }
            guard k < trials.count else { break }
            let weight = WeightedErrors.weight(first[k], second[k], weights)
            if first[k] == second[k] { missed += weight } else { rejected += weight }
        }
        guard let rate = crossing.rate else { return nil }
        (equalErrorRate, minimumCost) = (rate, least)
        accuracy = threshold == nil ? nil : Double(right) / Double(targets + nontargets)
    }

    private static func weight(_ first: UInt32, _ second: UInt32, _ weights: Span<Int>) -> Int {
        first == second ? weights[Int(first)] : weights[Int(first)] * weights[Int(second)]
    }
}
