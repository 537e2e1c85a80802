/// Miss rate against false alarm rate: the data of DET and ROC plots.
package struct ErrorCurve: Hashable, Sendable {
    package struct Point: Codable, Hashable, Sendable {
        /// In the sense of the scores.
        package let threshold: Double
        package let falseAlarmRate: Double
        package let missRate: Double

        package init(threshold: Double, falseAlarmRate: Double, missRate: Double) {
            (self.threshold, self.falseAlarmRate, self.missRate) = (threshold, falseAlarmRate, missRate)
        }
    }

    /// From "accept all" (1, 0) to "accept nothing" (0, 1).
    package let points: [Point]

    package init(points: [Point]) { self.points = points }
}

/// Chooses operating points that show: one is kept when it lies far enough from the last one kept, both as rates (ROC)
/// and as normal deviates between ±4 (DET). Both coordinates only ever go one way, so few remain.
private struct CurveThinning {
    private let step: Double
    private var last: [Double] = []

    init(pointLimit: Int) { step = 4 / Double(max(pointLimit - 6, 4)) }

    mutating func keeps(_ point: OperatingPoint) -> Bool {
        let rates = [point.falseAlarmRate, point.missRate]
        let place = rates + rates.map { (min(max(NormalDeviate.quantile($0), -4), 4) + 4) / 8 }
        let isFar = last.isEmpty || zip(place, last).contains { abs($0 - $1) >= step }
        if isFar { last = place }
        return isFar
    }
}

extension TrialScores {
    /// The curve with all its operating points, or about `pointLimit` of them (at least 10) that no picture tells from all.
    package func errorCurve(pointLimit: Int? = 1000) throws(ScoringError) -> ErrorCurve {
        try needBoth("a curve of errors")
        var thinning = CurveThinning(pointLimit: max(pointLimit ?? 10, 10))
        var points: [ErrorCurve.Point] = []
        for point in ErrorSweep(self) {
            let isEnd = point.missCount == targetCount && point.falseAlarmCount == 0
            guard pointLimit == nil || thinning.keeps(point) || isEnd else { continue }
            points.append(
                ErrorCurve.Point(
                    threshold: threshold(of: point), falseAlarmRate: point.falseAlarmRate,
                    missRate: point.missRate))
        }
        return ErrorCurve(points: points)
    }

    /// The probability that a target trial scores higher than a nontarget trial, ties counting half: the area under
    /// the ROC curve (Mann and Whitney's U over the product of the counts). 0…1, 0.5 is chance.
    package func areaUnderCurve() throws(ScoringError) -> Double {
        try needBoth("the area under the ROC curve")
        var halves = 0
        var last: OperatingPoint?
        for point in ErrorSweep(self) {
            if let last {
                let below = nontargetCount - last.falseAlarmCount
                let equal = last.falseAlarmCount - point.falseAlarmCount
                halves += (point.missCount - last.missCount) * (2 * below + equal)
            }
            last = point
        }
        return Double(halves) / 2 / (Double(targetCount) * Double(nontargetCount))
    }
}
