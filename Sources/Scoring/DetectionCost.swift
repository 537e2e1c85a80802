/// What errors cost, as in the NIST evaluations: C = cMiss · P_miss · pTarget + cFalseAlarm · P_fa · (1 − pTarget),
/// normalized by what the better of "accept all" and "reject all" costs, so that 1 is the price of not listening.
package struct DetectionCost: Codable, Hashable, Sendable {
    /// How probable target trials are in use: between 0 and 1, both excluded.
    package let pTarget: Double
    /// The price of a miss and of a false alarm: above 0.
    package let cMiss: Double
    package let cFalseAlarm: Double

    package init(pTarget: Double, cMiss: Double, cFalseAlarm: Double) throws(ScoringError) {
        guard pTarget > 0, pTarget < 1 else {
            throw ScoringError("pTarget is \(pTarget); it must lie between 0 and 1, both excluded")
        }
        guard cMiss > 0, cMiss.isFinite, cFalseAlarm > 0, cFalseAlarm.isFinite else {
            throw ScoringError("cMiss is \(cMiss) and cFalseAlarm \(cFalseAlarm); both must be above 0")
        }
        (self.pTarget, self.cMiss, self.cFalseAlarm) = (pTarget, cMiss, cFalseAlarm)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            pTarget: values.decode(Double.self, forKey: .pTarget),
            cMiss: values.decode(Double.self, forKey: .cMiss),
            cFalseAlarm: values.decode(Double.self, forKey: .cFalseAlarm))
    }

    private init(checkedPTarget: Double) {
        (pTarget, cMiss, cFalseAlarm) = (checkedPTarget, 1, 1)
    }

    /// pTarget 0.05, both prices 1: the VoxCeleb challenges.
    package static let voxceleb = DetectionCost(checkedPTarget: 0.05)
    /// pTarget 0.01, both prices 1: NIST SRE 2012 and after, and most papers on VoxCeleb.
    package static let rare = DetectionCost(checkedPTarget: 0.01)

    /// The normalized cost of two rates.
    package func cost(missRate: Double, falseAlarmRate: Double) -> Double {
        let (miss, falseAlarm) = (cMiss * pTarget, cFalseAlarm * (1 - pTarget))
        return (miss * missRate + falseAlarm * falseAlarmRate) / min(miss, falseAlarm)
    }

    /// `minDCF (pTarget 0.05, cMiss 1, cFalseAlarm 1)`: how the measure is written wherever it is printed.
    package var name: String { "minDCF (pTarget \(pTarget), cMiss \(cMiss), cFalseAlarm \(cFalseAlarm))" }
}

/// The least cost that a threshold reaches on given scores (minDCF).
package struct MinimumCost: Hashable, Sendable {
    package let parameters: DetectionCost
    /// Normalized: 0…1.
    package let cost: Double
    /// In the sense of the scores.
    package let threshold: Double
    package let point: OperatingPoint
}

extension TrialScores {
    /// minDCF. Of several thresholds with the least cost, the one that accepts most.
    package func minimumCost(_ parameters: DetectionCost) throws(ScoringError) -> MinimumCost {
        try needBoth("a detection cost")
        var best: (cost: Double, point: OperatingPoint)?
        for point in ErrorSweep(self) {
            let cost = parameters.cost(missRate: point.missRate, falseAlarmRate: point.falseAlarmRate)
            if cost < best?.cost ?? .infinity { best = (cost, point) }
        }
        guard let best else { throw ScoringError("there are no scores") }
        return MinimumCost(
            parameters: parameters, cost: best.cost, threshold: threshold(of: best.point), point: best.point)
    }
}
