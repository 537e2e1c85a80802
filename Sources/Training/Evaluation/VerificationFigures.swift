internal import Scoring

extension Evaluation {
    /// Adds what follows from the scores of the trials: distributions, EER, minDCF, AUC, and what the thresholds decide.
    ///
    /// - Parameter judges: whether the thresholds are judged here: not where these trials have chosen them.
    mutating func add(
        _ scores: [Double], of set: TrialSet, thresholds chosen: [Threshold], judges: Bool
    ) {
        thresholds = chosen
        let (trials, speakers): (TrialScores, SpeakerTrials)
        do throws(ScoringError) {
            trials = try TrialScores(scores, isTarget: set.isTarget, sense: .distance)
            let (first, second, count) = set.speakers()
            speakers = try SpeakerTrials(
                scores, enrollment: first, test: second, speakerCount: count, sense: .distance)
        } catch {
            notes.append("nothing could be measured on the trials: \(error.message)")
            return
        }
        let distributions = trials.distributions()
        (sameSpeaker, differentSpeakers) = (distributions.target, distributions.nontarget)
        guard trials.targetCount > 0, trials.nontargetCount > 0 else {
            notes.append(
                "no EER, minDCF, AUC or accuracy: of the trials \(trials.targetCount) are of one speaker and "
                    + "\(trials.nontargetCount) of two, and each needs both")
            return
        }
        measure(trials, speakers, judges: judges)
    }

    private mutating func measure(_ trials: TrialScores, _ speakers: SpeakerTrials, judges: Bool) {
        let judged = thresholds.indices.filter { judges || thresholds[$0].chosenOn != "validation" }
        let parameters = [DetectionCost.voxceleb, .rare]
        var intervals: SpeakerBootstrap.Intervals?
        do throws(ScoringError) {
            intervals = try SpeakerBootstrap(seed: 42).intervals(
                speakers, costs: parameters, thresholds: judged.map { thresholds[$0].value })
        } catch {
            notes.append("no intervals: \(error.message)")
        }
        do throws(ScoringError) {
            let equal = try trials.equalErrorRate()
            equalError = EqualError(
                rate: equal.rate, hullRate: equal.hullRate, interval: intervals?.equalErrorRate)
            areaUnderCurve = try trials.areaUnderCurve()
            for (place, parameters) in parameters.enumerated() {
                costs.append(
                    Cost(
                        parameters: parameters, cost: try trials.minimumCost(parameters).cost,
                        interval: intervals?.minimumCosts[place]))
            }
        } catch {
            notes.append("no EER, minDCF or AUC: \(error.message)")
        }
        for (place, index) in judged.enumerated() {
            let counts = trials.decisions(at: thresholds[index].value)
            thresholds[index].decisions = Threshold.Decisions(
                counts: counts, accuracy: counts.accuracy,
                accuracyInterval: intervals?.accuracies[place],
                positiveAccuracy: counts.positiveAccuracy, negativeAccuracy: counts.negativeAccuracy,
                balancedAccuracy: counts.balancedAccuracy)
        }
    }
}
