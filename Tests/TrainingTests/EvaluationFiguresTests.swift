import Corpus
import Foundation
import Scoring
import Testing

@testable import Training

/// Figures against tables made by hand.
@Suite struct EvaluationFiguresTests {
    /// Distances 1, 2, 3, 6 of one speaker each and 4, 5, 7, 8, 9, 10 of two, among four speakers.
    private static let scores: [Double] = [1, 2, 3, 6, 4, 5, 7, 8, 9, 10]

    private func trials() -> TrialSet {
        var set = TrialSet(.examples, source: "by hand")
        func unit(_ row: Int) -> UInt32 {
            set.unit(row: UInt32(row), speaker: UInt32(row % 4)) { "row\(row)" }
        }
        for row in 0..<4 { set.add(unit(row), unit(row + 4), isTarget: true) }
        for (first, second) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
            set.add(unit(first), unit(second), isTarget: false)
        }
        return set
    }

    private func evaluation(_ thresholds: [Evaluation.Threshold], judges: Bool = true) -> Evaluation {
        let set = trials()
        var evaluation = Evaluation(EvaluationFixture.system, .test, .euclidean, set)
        evaluation.add(EvaluationFiguresTests.scores, of: set, thresholds: thresholds, judges: judges)
        return evaluation
    }

    @Test("EER, minDCF, AUC, moments and decisions are those of a table made by hand")
    func table() throws {
        let found = evaluation([.init(name: "four and a half", chosenOn: "validation", value: 4.5)])
        #expect(found.trials.count == 10 && found.trials.targetCount == 4 && found.trials.speakerCount == 4)
        // At 5…6 one of four is missed, and one or two of six accepted: the line crosses at 1/4.
        #expect(abs(try #require(found.equalError).rate - 0.25) < 1e-12)
        // 3 · 6 + 4 of 24 pairs of pairs stand in the right order.
        #expect(abs(try #require(found.areaUnderCurve) - 22.0 / 24) < 1e-12)
        // Below 4 nothing is accepted wrongly and one of four is missed: cMiss · 1/4 · pTarget over cMiss · pTarget.
        #expect(found.costs.map(\.cost) == [0.25, 0.25])
        #expect(found.costs.map(\.parameters.pTarget) == [0.05, 0.01])
        #expect(found.sameSpeaker?.mean == 3)
        #expect(abs(try #require(found.sameSpeaker).deviation - 3.5.squareRoot()) < 1e-12)
        #expect(abs(try #require(found.differentSpeakers).mean - 43.0 / 6) < 1e-12)
        let decisions = try #require(found.thresholds[0].decisions)
        #expect(decisions.accuracy == 0.8 && decisions.positiveAccuracy == 0.75)
        let (negative, balanced) = (5.0 / 6, (0.75 + 5.0 / 6) / 2)
        #expect(abs(try #require(decisions.negativeAccuracy) - negative) < 1e-12)
        #expect(abs(try #require(decisions.balancedAccuracy) - balanced) < 1e-12)
        for interval in [found.equalError?.interval, found.costs[0].interval, decisions.accuracyInterval] {
            let interval = try #require(interval)
            #expect(interval.lower <= interval.upper && interval.confidence == 0.95)
        }
        #expect(found.notes.isEmpty)
    }

    @Test("trials that chose a threshold do not judge it, and the head's own cut is judged nevertheless")
    func unjudged() {
        let found = evaluation(
            [
                .init(name: "a", chosenOn: "validation", value: 4.5),
                .init(name: "b", chosenOn: "the head: probability 0.5", value: 6),
            ], judges: false)
        #expect(found.thresholds[0].decisions == nil)
        // 1, 2, 3 and 6 are accepted, and 4 and 5 too.
        #expect(found.thresholds[1].decisions?.accuracy == 0.8)
    }

    @Test("what cannot be computed is said in a sentence")
    func missing() {
        var set = TrialSet(.examples, source: "")
        let units = (0..<2).map { row in set.unit(row: UInt32(row), speaker: 0) { "row\(row)" } }
        set.add(units[0], units[1], isTarget: true)
        var found = Evaluation(EvaluationFixture.system, .test, .cosine, set)
        found.add([0.5], of: set, thresholds: [], judges: true)
        #expect(found.equalError == nil && found.costs.isEmpty && found.areaUnderCurve == nil)
        #expect(found.sameSpeaker?.mean == 0.5 && found.differentSpeakers == nil)
        #expect(
            found.notes == [
                "no EER, minDCF, AUC or accuracy: of the trials 1 are of one speaker and 0 of two, and each needs both"
            ])
    }

    @Test(
        "thresholds are those of validation scores: equal errors, and FBankNet's two from pairs of one speaker"
    )
    func chosen() throws {
        let validation = (
            scores: EvaluationFiguresTests.scores, isTarget: trials().isTarget
        )
        let chosen = ChosenThresholds(.cosine, validation: validation, isTriplet: true)
        #expect(
            chosen.thresholds.map(\.name) == [
                "equal errors", "μ + 3σ of pairs", "μ + 3σ of batch means",
            ])
        #expect(chosen.thresholds.allSatisfy { $0.chosenOn == "validation" })
        // Between 4 and 5, where 1/4 is missed and 1/6 accepted: the nearest to each other.
        #expect(chosen.thresholds[0].value == 4.5 || chosen.thresholds[0].value == 5.5)
        #expect(abs(chosen.thresholds[1].value - (3 + 3 * 3.5.squareRoot())) < 1e-12)
        // One batch has one mean, which does not deviate.
        #expect(chosen.thresholds[2].value == 3)
        #expect(chosen.notes.isEmpty)
        let heads = ChosenThresholds(.head, validation: validation, isTriplet: false)
        #expect(heads.thresholds.map(\.name) == ["head's cut", "equal errors"])
        #expect(heads.thresholds[0].value == 0)
    }

    @Test("validation trials of one kind give no threshold, and it is said")
    func unchosen() {
        let chosen = ChosenThresholds(.cosine, validation: ([1, 2], [false, false]), isTriplet: true)
        #expect(chosen.thresholds.isEmpty)
        #expect(chosen.notes.count == 2)
        #expect(
            chosen.notes[0].hasPrefix(
                "no threshold of equal errors could be chosen on validation: there are 0"))
        #expect(chosen.notes[1].hasPrefix("no threshold μ + 3σ could be made on validation: there are no"))
    }

    @Test("the table for people names every figure with its parameters")
    func text() {
        var found = evaluation([.init(name: "equal errors", chosenOn: "validation", value: 4.5)])
        found.notes.append("no top-1 and top-5: nobody is known")
        let text = EvaluationTable(found).text
        for words in [
            "by hand", "4 of one speaker, 6 of two; 4 speakers", "Euclidean distance", "25.00 % (",
            "minDCF (pTarget 0.05, cMiss 1.0, cFalseAlarm 1.0)  0.2500 (", "AUC", "0.9167",
            "threshold: equal errors", "4.5, chosen on validation", "accuracy 80.00 % (",
            "positive 75.00 %, negative 83.33 %, balanced 79.17 %",
            "\n\nNo top-1 and top-5: nobody is known.",
        ] { #expect(text.contains(words), "\(words)") }
    }
}
