package import Plots
internal import Scoring

/// The pictures of an evaluation, by the names of their files.
package enum EvaluationPictures {
    /// Those that can be drawn: `scores.svg`, `det.svg`, `roc.svg`, `episodes.svg`, `embeddings.svg`.
    package static func figures(_ outcome: Evaluator.Outcome) -> [(name: String, figure: any Figure)] {
        let evaluation = outcome.evaluation
        let title = "\(evaluation.system.recipe), \(evaluation.side.rawValue)"
        var figures = verification(outcome, evaluation.title)
        let shots = Set(evaluation.episodes.map(\.answers.shotCount)).sorted()
        if !shots.isEmpty {
            let series = shots.map { shot in
                EpisodeFigure.Series(
                    name: "\(shot)-shot",
                    accuracies: evaluation.episodes.map(\.answers).filter { $0.shotCount == shot })
            }
            figures.append(
                ("episodes.svg", EpisodeFigure(title: "\(title): n-shot k-way accuracy", series: series)))
        }
        if let scatter = outcome.scatter {
            figures.append(("embeddings.svg", scatter.figure(title: "\(title): embeddings of speakers")))
        }
        return figures
    }

    private static func verification(
        _ outcome: Evaluator.Outcome, _ title: String
    ) -> [(name: String, figure: any Figure)] {
        let evaluation = outcome.evaluation
        guard
            let trials = try? TrialScores(
                outcome.scores, isTarget: outcome.trials.isTarget, sense: .distance)
        else { return [] }
        let distribution = DistributionFigure(
            title: "\(title): scores of pairs", scoreName: evaluation.comparison.scoreName,
            distributions: trials.distributions(),
            thresholds: evaluation.thresholds.map { .init(name: $0.name, value: $0.value) })
        guard let curve = try? trials.errorCurve() else { return [("scores.svg", distribution)] }
        let named = NamedErrorCurve(
            name: evaluation.system.recipe, curve: curve, equalErrorRate: evaluation.equalError?.rate)
        return [
            ("scores.svg", distribution),
            ("det.svg", DETFigure(title: "\(title): detection errors", curves: [named])),
            ("roc.svg", ROCFigure(title: "\(title): true against false acceptances", curves: [named])),
        ]
    }
}
