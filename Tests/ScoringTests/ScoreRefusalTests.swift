import Testing

@testable import Scoring

struct ScoreRefusalTests {
    private func message(_ work: () throws -> Void) -> String? {
        do {
            try work()
            return nil
        } catch {
            return (error as? ScoringError)?.message
        }
    }

    @Test("a score that is not a number is refused with its place")
    func notANumber() {
        #expect(
            message {
                _ = try TrialScores([0.5, .nan, 1], isTarget: [true, false, true], sense: .similarity)
            }
                == "score 2 of 3 is not a number; an embedding of zeros or a diverged network gives such scores, so "
                + "look at the trial before evaluating")
        #expect(
            message { _ = try TrialScores(targets: [0], nontargets: [0, -.infinity], sense: .distance) }?
                .hasPrefix("nontarget score 2 of 2 is infinite; ") == true)
        #expect(
            message { _ = try TrialScores(targets: [1e101], nontargets: [], sense: .distance) }?
                .hasPrefix("target score 1 of 1 is beyond ±1e+100; ") == true)
        #expect(
            message {
                _ = try SpeakerTrials([.nan], enrollment: [0], test: [1], speakerCount: 2, sense: .similarity)
            }?.hasPrefix("score 1 of 1 is not a number; ") == true)
    }

    @Test("no scores and labels that are too few are refused")
    func counts() {
        #expect(
            message { _ = try TrialScores([], isTarget: [], sense: .similarity) }
                == "there are no scores; evaluation needs at least one trial")
        #expect(
            message { _ = try TrialScores([1], isTarget: [], sense: .similarity) }
                == "there are 1 scores and 0 labels; each trial has one of both")
    }

    @Test("with one class, rates are refused and accuracies are not")
    func singleClass() throws {
        let scores = try TrialScores([0.1, 0.2, 0.3], isTarget: [true, true, true], sense: .similarity)
        #expect(
            message { _ = try scores.equalErrorRate() }
                == "there are 3 target and 0 nontarget trials; the equal error rate needs both")
        #expect(
            message { _ = try scores.minimumCost(.rare) }?.hasSuffix("a detection cost needs both") == true)
        #expect(message { _ = try scores.errorCurve() } != nil)
        #expect(message { _ = try scores.areaUnderCurve() } != nil)
        #expect(message { _ = try scores.threshold(.bestAccuracy) } != nil)
        let counts = scores.decisions(at: 0.15)
        #expect(counts.positiveAccuracy == 2.0 / 3)
        #expect(counts.negativeAccuracy == nil)
        #expect(counts.balancedAccuracy == nil)
        #expect(counts.accuracy == 2.0 / 3)
        #expect(scores.distributions().nontarget == nil)
        let others = try TrialScores([0.1], isTarget: [false], sense: .similarity)
        #expect(
            message { _ = try others.threshold(.deviations(3)) }
                == "there are no target trials; a threshold from their distribution needs some")
    }

    @Test("prices and probabilities that make no sense are refused")
    func prices() {
        #expect(
            message { _ = try DetectionCost(pTarget: 1, cMiss: 1, cFalseAlarm: 1) }
                == "pTarget is 1.0; it must lie between 0 and 1, both excluded")
        #expect(message { _ = try DetectionCost(pTarget: .nan, cMiss: 1, cFalseAlarm: 1) } != nil)
        #expect(
            message { _ = try DetectionCost(pTarget: 0.1, cMiss: 0, cFalseAlarm: 1) }
                == "cMiss is 0.0 and cFalseAlarm 1.0; both must be above 0")
    }

    @Test("a detection cost is always named with its three numbers")
    func costName() {
        #expect(DetectionCost.voxceleb.name == "minDCF (pTarget 0.05, cMiss 1.0, cFalseAlarm 1.0)")
    }

    @Test("histograms of equal scores, and of very large ones, have one full bin")
    func equalScores() throws {
        for value in [0.5, 0, -1e100] {
            let found = try TrialScores(targets: [value, value], nontargets: [value], sense: .distance)
                .distributions()
            #expect(found.targetHistogram.counts.reduce(0, +) == 2)
            #expect(found.targetHistogram.counts.count(where: { $0 > 0 }) == 1)
            #expect(found.target?.mean == value && found.target?.deviation == 0)
        }
    }
}
