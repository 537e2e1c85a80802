/// All operating points of sorted scores, from "accept all" to "accept nothing": one for each distinct score, and one
/// more. Equal scores are never parted, because no threshold parts them.
struct ErrorSweep: Sequence, IteratorProtocol {
    private let targets: [Double]
    private let nontargets: [Double]
    private var missed = 0
    private var rejected = 0
    private var isStarted = false

    init(_ scores: TrialScores) {
        (targets, nontargets) = (scores.targets, scores.nontargets)
    }

    mutating func next() -> OperatingPoint? {
        if isStarted {
            guard missed < targets.count || rejected < nontargets.count else { return nil }
            step()
        }
        isStarted = true
        return OperatingPoint(
            missCount: missed, falseAlarmCount: nontargets.count - rejected, targetCount: targets.count,
            nontargetCount: nontargets.count)
    }

    /// Rejects the lowest score that is still accepted, and its equals.
    private mutating func step() {
        var score = missed < targets.count ? targets[missed] : .infinity
        if rejected < nontargets.count { score = Swift.min(score, nontargets[rejected]) }
        while missed < targets.count, targets[missed] == score { missed += 1 }
        while rejected < nontargets.count, nontargets[rejected] == score { rejected += 1 }
    }
}

extension TrialScores {
    /// The threshold of a point, in the sense of the scores: halfway between the last rejected and the first accepted
    /// score, so that scores like these but not the same fall on the right side; the lowest score where all are
    /// accepted, the next number above the highest where none is.
    func threshold(of point: OperatingPoint) -> Double {
        let rejected = nontargetCount - point.falseAlarmCount
        var (below, above) = (-Double.infinity, Double.infinity)
        if point.missCount > 0 { below = targets[point.missCount - 1] }
        if rejected > 0 { below = max(below, nontargets[rejected - 1]) }
        if point.missCount < targetCount { above = targets[point.missCount] }
        if rejected < nontargetCount { above = min(above, nontargets[rejected]) }
        if below == -.infinity { return sense.turned(above) }
        if above == .infinity { return sense.turned(below.nextUp) }
        let middle = below / 2 + above / 2
        return sense.turned(middle > below ? min(middle, above) : above)
    }
}
