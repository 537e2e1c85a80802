/// Where misses and false alarms are equally frequent.
///
/// `rate` is the convention of scikit-learn's users (`roc_curve`, then the root of 1 − x − ROC(x)): the operating points
/// are joined by straight lines, and the rate is where this line meets missRate = falseAlarmRate, computed exactly from
/// the two points around it. `hullRate` is the convention of the BOSARIS toolkit: the same on the lower convex hull of
/// the points (what one reaches by tossing coins between thresholds); never above `rate`.
package struct EqualErrorRate: Hashable, Sendable {
    /// 0…1; 0.5 is chance.
    package let rate: Double
    /// 0…1.
    package let hullRate: Double
    /// Of the operating point whose two rates differ least, in the sense of the scores. No threshold need reach `rate`
    /// itself, so this point's own rates stand beside it.
    package let threshold: Double
    package let point: OperatingPoint
}

/// Follows operating points in the order of a sweep until misses outweigh false alarms.
struct EqualErrorCrossing {
    /// The rate, once it is passed.
    private(set) var rate: Double?
    private var last: OperatingPoint?

    mutating func visit(_ point: OperatingPoint) {
        guard rate == nil else { return }
        defer { last = point }
        guard point.surplus <= 0 else { return }
        guard let last else {
            rate = point.falseAlarmRate
            return
        }
        let share = Double(last.surplus) / Double(last.surplus - point.surplus)
        let step = Double(point.falseAlarmCount - last.falseAlarmCount)
        rate = (Double(last.falseAlarmCount) + share * step) / Double(point.nontargetCount)
    }
}

/// The vertices of the lower left convex hull of operating points, given in the order of a sweep (A. M. Andrew's
/// monotone chain, 1979). Whole numbers only.
struct ErrorHull {
    private(set) var vertices: [OperatingPoint] = []

    mutating func add(_ point: OperatingPoint) {
        while vertices.count >= 2 {
            let (first, middle) = (vertices[vertices.count - 2], vertices[vertices.count - 1])
            let left =
                (middle.falseAlarmCount - first.falseAlarmCount) * (point.missCount - middle.missCount)
            let right =
                (middle.missCount - first.missCount) * (point.falseAlarmCount - middle.falseAlarmCount)
            if left - right < 0 { break }
            vertices.removeLast()
        }
        vertices.append(point)
    }
}

extension TrialScores {
    /// The equal error rate; an error where a class is empty.
    package func equalErrorRate() throws(ScoringError) -> EqualErrorRate {
        try needBoth("the equal error rate")
        var (crossing, hullCrossing) = (EqualErrorCrossing(), EqualErrorCrossing())
        var hull = ErrorHull()
        var sweep = ErrorSweep(self)
        guard var nearest = sweep.next() else { throw ScoringError("there are no scores") }
        crossing.visit(nearest)
        hull.add(nearest)
        while let point = sweep.next() {
            crossing.visit(point)
            hull.add(point)
            if isNearer(point, nearest) { nearest = point }
        }
        for vertex in hull.vertices { hullCrossing.visit(vertex) }
        guard let rate = crossing.rate, let hullRate = hullCrossing.rate else {
            throw ScoringError("there are no scores")
        }
        return EqualErrorRate(
            rate: rate, hullRate: hullRate, threshold: threshold(of: nearest), point: nearest)
    }

    /// Whether a point's rates are closer to each other; where they are as close, whether both together are smaller.
    private func isNearer(_ point: OperatingPoint, _ other: OperatingPoint) -> Bool {
        let (gap, otherGap) = (abs(point.surplus), abs(other.surplus))
        if gap != otherGap { return gap < otherGap }
        return max(point.missRate, point.falseAlarmRate) < max(other.missRate, other.falseAlarmRate)
    }
}
