import Corpus
import Testing

@testable import Scoring

/// What must hold for any scores.
struct ScorePropertyTests {
    /// Scores of eight kinds: few or many, with ties or without, good or bad.
    static let cases: [(targets: [Double], nontargets: [Double])] = (0..<8).map { kind in
        let random = KeyedRandom(seed: 4, domain: "test.scores")
        let (targets, nontargets) = (3 + 29 * (kind % 4), 5 + 47 * (kind % 3))
        let draw: (UInt64, Double) -> Double = { index, shift in
            let value = random.unit(UInt64(kind), index) + shift * Double(kind) / 10
            return kind.isMultiple(of: 2) ? (value * 10).rounded() : value
        }
        return (
            (0..<targets).map { draw(UInt64($0), 1) }, (0..<nontargets).map { draw(1000 + UInt64($0), 0) }
        )
    }

    private func scores(_ index: Int, map: (Double) -> Double = { $0 }, sense: ScoreSense = .similarity)
        throws
        -> TrialScores
    {
        let (targets, nontargets) = Self.cases[index]
        return try TrialScores(targets: targets.map(map), nontargets: nontargets.map(map), sense: sense)
    }

    private func figures(_ scores: TrialScores) throws -> [Double] {
        let equal = try scores.equalErrorRate()
        return [
            equal.rate, equal.hullRate, equal.point.missRate, try scores.areaUnderCurve(),
            try scores.minimumCost(.voxceleb).cost, try scores.minimumCost(.rare).cost,
            try scores.decisions(at: scores.threshold(.bestAccuracy)).accuracy,
            scores.decisions(at: equal.threshold).accuracy,
        ]
    }

    @Test("strictly rising maps of the scores change no rate", arguments: 0..<8)
    func risingMaps(_ index: Int) throws {
        let plain = try figures(scores(index))
        #expect(try figures(scores(index, map: { 3 * $0 - 7 })) == plain)
        #expect(try figures(scores(index, map: { $0 * $0 * $0 })) == plain)
        #expect(try figures(scores(index, map: { -1 / ($0 + 1) })) == plain)
        #expect(try figures(scores(index, map: { -$0 }, sense: .distance)) == plain)
    }

    @Test("labels the other way round turn rates into their complements", arguments: 0..<8)
    func swappedLabels(_ index: Int) throws {
        let (targets, nontargets) = Self.cases[index]
        let plain = try scores(index)
        let swapped = try TrialScores(targets: nontargets, nontargets: targets, sense: .similarity)
        #expect(
            try abs(plain.equalErrorRate().rate + swapped.equalErrorRate().rate - 1) < 1e-12)
        #expect(try abs(plain.areaUnderCurve() + swapped.areaUnderCurve() - 1) < 1e-12)
        // Swapped labels and the other sense together are the same question with the prices exchanged.
        let mirrored = try TrialScores(targets: nontargets, nontargets: targets, sense: .distance)
        #expect(
            try abs(plain.equalErrorRate().rate - mirrored.equalErrorRate().rate) < 1e-12)
        let (there, back) = (
            try DetectionCost(pTarget: 0.3, cMiss: 2, cFalseAlarm: 5),
            try DetectionCost(pTarget: 0.7, cMiss: 5, cFalseAlarm: 2)
        )
        #expect(try abs(plain.minimumCost(there).cost - mirrored.minimumCost(back).cost) < 1e-12)
    }

    @Test("every trial three times over changes no rate", arguments: 0..<8)
    func duplicates(_ index: Int) throws {
        let (targets, nontargets) = Self.cases[index]
        let tripled = try TrialScores(
            targets: targets + targets + targets, nontargets: nontargets + nontargets + nontargets,
            sense: .similarity)
        for (one, three) in zip(try figures(scores(index)), try figures(tripled)) {
            #expect(abs(one - three) < 1e-12)
        }
    }

    @Test("the order of trials changes nothing", arguments: 0..<8)
    func order(_ index: Int) throws {
        let (targets, nontargets) = Self.cases[index]
        let turned = try TrialScores(
            targets: targets.reversed(), nontargets: nontargets.reversed(), sense: .similarity)
        #expect(try figures(turned) == figures(scores(index)))
    }

    @Test("the hull's rate is at most the rate, and no worse than chance", arguments: 0..<8)
    func hull(_ index: Int) throws {
        let equal = try scores(index).equalErrorRate()
        #expect(equal.hullRate <= equal.rate + 1e-15)
        #expect(equal.hullRate <= 0.5)
        #expect(try scores(index).minimumCost(.rare).cost <= 1)
    }

    @Test("scores without overlap have no errors, at thresholds between the classes")
    func separable() throws {
        for sense in ScoreSense.allCases {
            let targets = [2.0, 3, 5].map(sense.turned)
            let scores = try TrialScores(
                targets: targets, nontargets: [1.0, 0.5].map(sense.turned), sense: sense)
            #expect(try figures(scores) == [0, 0, 0, 1, 0, 0, 1, 1])
            #expect(try scores.threshold(.equalErrorRate) == sense.turned(1.5))
            #expect(try scores.threshold(.bestAccuracy) == sense.turned(1.5))
            #expect(try scores.threshold(.minimumCost(.rare)) == sense.turned(1.5))
        }
    }

    @Test("a score at the threshold is accepted, in both senses")
    func thresholdItself() throws {
        for sense in ScoreSense.allCases {
            let counts = try TrialScores(targets: [0.5], nontargets: [0.5], sense: sense).decisions(at: 0.5)
            #expect(counts.truePositives == 1 && counts.falsePositives == 1)
        }
    }

    @Test("neighboring numbers are still parted by a threshold")
    func neighbors() throws {
        for low in [1.0, -1, 0, 1e100.nextDown, -1e100] {
            let scores = try TrialScores(targets: [low.nextUp], nontargets: [low], sense: .similarity)
            #expect(try scores.decisions(at: scores.threshold(.equalErrorRate)).accuracy == 1)
            #expect(try scores.decisions(at: scores.threshold(.bestAccuracy)).accuracy == 1)
        }
    }

    @Test("a thinned curve stays near the whole one, keeps both ends and the limit")
    func thinning() throws {
        let random = KeyedRandom(seed: 1, domain: "test.curve")
        let scores = try TrialScores(
            targets: (0..<20000).map { random.unit(1, $0) + 0.3 },
            nontargets: (0..<50000).map { random.unit(2, $0) },
            sense: .similarity)
        let (whole, thin) = (try scores.errorCurve(pointLimit: nil), try scores.errorCurve(pointLimit: 200))
        #expect(whole.points.count == 70001)
        #expect(thin.points.count <= 201 && thin.points.count >= 50)
        #expect(thin.points.first == whole.points.first && thin.points.last == whole.points.last)
        #expect(Set(thin.points).isSubset(of: Set(whole.points)))
        // A point that is left out lies within 4/194 of the one kept before it, in both rates.
        var (kept, worst) = (0, 0.0)
        for point in whole.points {
            if kept + 1 < thin.points.count, thin.points[kept + 1] == point { kept += 1 }
            let near = thin.points[kept]
            worst = max(
                worst, abs(point.missRate - near.missRate), abs(point.falseAlarmRate - near.falseAlarmRate))
        }
        #expect(kept == thin.points.count - 1)
        #expect(worst > 0 && worst < 4.0 / 194)
    }
}
