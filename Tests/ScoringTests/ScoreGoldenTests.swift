import Testing

@testable import Scoring

/// Tolerance: 1e-12, for sums and quotients in another order.
struct ScoreGoldenTests {
    static func isNear(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
        abs(a - b) <= tolerance * max(1, abs(b))
    }

    /// A case under both senses: distances are the negated scores.
    private func both(_ golden: ScoringGolden.Scores) throws -> [TrialScores] {
        [
            try TrialScores(targets: golden.targets, nontargets: golden.nontargets, sense: .similarity),
            try TrialScores(
                targets: golden.targets.map { -$0 }, nontargets: golden.nontargets.map { -$0 },
                sense: .distance),
        ]
    }

    @Test(
        "EER, hull EER and area under the curve equal scikit-learn's and scipy's",
        arguments: try ScoringGolden.load().scores)
    func equalErrorRates(_ golden: ScoringGolden.Scores) throws {
        for scores in try both(golden) {
            let found = try scores.equalErrorRate()
            #expect(Self.isNear(found.rate, golden.equalErrorRate))
            #expect(Self.isNear(found.hullRate, golden.hullEqualErrorRate))
            #expect(try Self.isNear(scores.areaUnderCurve(), golden.areaUnderCurve))
        }
    }

    @Test(
        "minDCF equals the least over all thresholds, and its threshold costs that",
        arguments: try ScoringGolden.load().scores)
    func costs(_ golden: ScoringGolden.Scores) throws {
        for scores in try both(golden) {
            for cost in golden.costs {
                let parameters = try DetectionCost(
                    pTarget: cost.pTarget, cMiss: cost.cMiss, cFalseAlarm: cost.cFalseAlarm)
                let found = try scores.minimumCost(parameters)
                #expect(Self.isNear(found.cost, cost.cost))
                let counts = scores.decisions(at: found.threshold)
                #expect(counts.falseNegatives == found.point.missCount)
                #expect(counts.falsePositives == found.point.falseAlarmCount)
            }
        }
    }

    @Test("the whole error curve equals scikit-learn's det_curve", arguments: try ScoringGolden.load().scores)
    func curves(_ golden: ScoringGolden.Scores) throws {
        for scores in try both(golden) {
            // det_curve leaves out the ends where nothing is missed or nothing accepted any more.
            let points = try scores.errorCurve(pointLimit: nil).points
            let all = Set(points.map { [$0.falseAlarmRate, $0.missRate] })
            for (falseAlarm, miss) in zip(golden.falseAlarmRates, golden.missRates) {
                #expect(all.contains { Self.isNear($0[0], falseAlarm) && Self.isNear($0[1], miss) })
            }
            #expect(points.count >= golden.missRates.count)
            for point in points {
                let counts = scores.decisions(at: point.threshold)
                #expect(counts.positiveAccuracy == 1 - point.missRate || counts.falseNegatives > 0)
                #expect(Double(counts.falsePositives) / Double(scores.nontargetCount) == point.falseAlarmRate)
                #expect(Double(counts.falseNegatives) / Double(scores.targetCount) == point.missRate)
            }
        }
    }

    @Test("the best accuracy is the best of all thresholds", arguments: try ScoringGolden.load().scores)
    func accuracies(_ golden: ScoringGolden.Scores) throws {
        for scores in try both(golden) {
            let counts = try scores.decisions(at: scores.threshold(.bestAccuracy))
            #expect(Self.isNear(counts.accuracy, golden.bestAccuracy))
        }
    }

    @Test("means, deviations and histograms equal numpy's", arguments: try ScoringGolden.load().scores)
    func distributions(_ golden: ScoringGolden.Scores) throws {
        let found = try TrialScores(
            targets: golden.targets, nontargets: golden.nontargets, sense: .similarity
        ).distributions(binCount: 13)
        let (target, nontarget) = (try #require(found.target), try #require(found.nontarget))
        #expect(Self.isNear(target.mean, golden.targetMean))
        #expect(Self.isNear(target.deviation, golden.targetDeviation))
        #expect(Self.isNear(nontarget.mean, golden.nontargetMean))
        #expect(Self.isNear(nontarget.deviation, golden.nontargetDeviation))
        #expect(found.targetHistogram.counts == golden.targetHistogram)
        #expect(found.nontargetHistogram.counts == golden.nontargetHistogram)
    }

    @Test("figures of weighted trials equal those of scikit-learn with sample weights")
    func weighted() throws {
        let golden = try ScoringGolden.load().weighted
        let trials = try SpeakerTrials(
            golden.scores, enrollment: golden.first, test: golden.second, speakerCount: golden.weights.count,
            sense: .similarity)
        let errors = try #require(
            WeightedErrors(
                trials, weights: golden.weights, costs: [.voxceleb], thresholds: [golden.threshold]))
        #expect(Self.isNear(errors.equalErrorRate, golden.equalErrorRate))
        #expect(Self.isNear(errors.minimumCosts[0], golden.minimumCost))
        #expect(Self.isNear(try #require(errors.accuracies.first), golden.accuracy))
    }

    @Test("normal quantiles equal scipy's to 1e-14 of their size, and give their probability back")
    func quantiles() throws {
        let golden = try ScoringGolden.load().values
        for (probability, quantile) in zip(golden.probabilities, golden.quantiles) {
            #expect(Self.isNear(NormalDeviate.quantile(probability), quantile, 2e-14), "\(probability)")
        }
        #expect(NormalDeviate.quantile(0) == -.infinity)
        #expect(NormalDeviate.quantile(1) == .infinity)
        #expect(Self.isNear(NormalDeviate.probability(below: NormalDeviate.quantile(0.2)), 0.2))
    }

    @Test("percentile and Wilson intervals equal numpy.quantile and scipy's binomtest")
    func intervals() throws {
        let golden = try ScoringGolden.load().values
        let found = ConfidenceInterval(percentilesOf: golden.replicates, confidence: 0.95)
        #expect(Self.isNear(found.lower, golden.percentiles[0]))
        #expect(Self.isNear(found.upper, golden.percentiles[1]))
        let wilson = ConfidenceInterval(wilson: 37, of: 50)
        #expect(Self.isNear(wilson.lower, golden.wilson[0]))
        #expect(Self.isNear(wilson.upper, golden.wilson[1]))
        #expect(ConfidenceInterval(wilson: 0, of: 9).lower == 0)
        #expect(ConfidenceInterval(wilson: 9, of: 9).upper == 1)
    }

    @Test("FBankNet's threshold has both readings of its deviation, equal to numpy's")
    func fbankNetThresholds() throws {
        let golden = try ScoringGolden.load().values
        let found = try FBankNetThresholds(positiveDistances: golden.distances)
        #expect(Self.isNear(found.ofPairs, golden.thresholdOfPairs))
        #expect(Self.isNear(found.ofBatches, golden.thresholdOfBatches))
        let scores = try TrialScores(targets: golden.distances, nontargets: [], sense: .distance)
        #expect(try Self.isNear(scores.threshold(.deviations(3)), golden.thresholdOfPairs))
    }

    @Test("top-k accuracy equals scikit-learn's")
    func top() throws {
        let golden = try ScoringGolden.load().top
        let found = try TopAccuracy(
            scores: golden.scores, classCount: golden.classCount, labels: golden.labels)
        for (index, accuracy) in golden.accuracies.enumerated() {
            #expect(found.accuracy(top: index + 1) == accuracy)
        }
        #expect(found.accuracy(top: 6) == 1)
        #expect(found.accuracy(top: 99) == 1)
        #expect(found.accuracy(top: 0) == 0)
    }
}
