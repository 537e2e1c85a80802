internal import Foundation
internal import Scoring

/// An evaluation as a table for people.
package struct EvaluationTable {
    private let evaluation: Evaluation

    package init(_ evaluation: Evaluation) { self.evaluation = evaluation }

    package var text: String {
        var rows = [
            ["trials", evaluation.trials.source],
            [
                "",
                "\(evaluation.trials.targetCount) of one speaker, \(evaluation.trials.nontargetCount) of two; "
                    + "\(evaluation.trials.speakerCount) speakers",
            ],
            ["compared by", evaluation.comparison.scoreName],
        ]
        for more in [scoreRows, errorRows, thresholdRows, namingRows] { rows += more }
        let width = rows.map { $0[0].count }.max() ?? 0
        var lines = rows.map { row in
            row[0] + String(repeating: " ", count: width - row[0].count + 2) + row[1]
        }
        if !evaluation.episodes.isEmpty { lines += [""] + EpisodeTable(evaluation.episodes).lines }
        if !evaluation.notes.isEmpty { lines += [""] + evaluation.notes.map(EvaluationTable.sentence) }
        return lines.joined(separator: "\n")
    }

    private static func sentence(_ note: String) -> String {
        (note.first?.uppercased() ?? "") + note.dropFirst() + "."
    }

    static func percent(_ share: Double) -> String { String(format: "%.2f %%", 100 * share) }

    /// ` (1.20 … 3.40)`.
    static func between(_ interval: ConfidenceInterval?, scale: Double = 100) -> String {
        guard let interval else { return "" }
        let format = scale == 1 ? " (%.3f … %.3f)" : " (%.2f … %.2f)"
        return String(format: format, scale * interval.lower, scale * interval.upper)
    }

    private var scoreRows: [[String]] {
        [
            ("d(AP), one speaker", evaluation.sameSpeaker),
            ("d(AN), two speakers", evaluation.differentSpeakers),
        ]
        .compactMap { name, moments in
            moments.map {
                let plain = evaluation.comparison == .head ? String(name.dropFirst(7)) : name
                return [plain, String(format: "mean %.4g, deviation %.4g", $0.mean, $0.deviation)]
            }
        }
    }

    private var errorRows: [[String]] {
        var rows: [[String]] = []
        if let equal = evaluation.equalError {
            rows.append(
                [
                    "EER",
                    EvaluationTable.percent(equal.rate) + EvaluationTable.between(equal.interval)
                        + String(format: ", on the convex hull %.2f %%", 100 * equal.hullRate),
                ])
        }
        for cost in evaluation.costs {
            rows.append(
                [
                    cost.parameters.name,
                    String(format: "%.4f", cost.cost) + EvaluationTable.between(cost.interval, scale: 1),
                ])
        }
        if let area = evaluation.areaUnderCurve { rows.append(["AUC", String(format: "%.4f", area)]) }
        return rows
    }

    private var thresholdRows: [[String]] {
        let chosenOn = evaluation.thresholdTrials.map { [["validation", $0]] } ?? []
        return chosenOn
            + evaluation.thresholds.flatMap { threshold in
                var rows = [
                    [
                        "threshold: \(threshold.name)",
                        String(format: "%.4g", threshold.value) + ", chosen on \(threshold.chosenOn)",
                    ]
                ]
                if let decisions = threshold.decisions {
                    var text =
                        "accuracy " + EvaluationTable.percent(decisions.accuracy)
                        + EvaluationTable.between(decisions.accuracyInterval)
                    for (name, share) in [
                        ("positive", decisions.positiveAccuracy), ("negative", decisions.negativeAccuracy),
                        ("balanced", decisions.balancedAccuracy),
                    ] {
                        if let share { text += ", \(name) " + EvaluationTable.percent(share) }
                    }
                    rows.append(["", text])
                }
                return rows
            }
    }

    private var namingRows: [[String]] {
        guard let naming = evaluation.naming else { return [] }
        return [
            [
                "top-1, top-5",
                EvaluationTable.percent(naming.top1) + ", " + EvaluationTable.percent(naming.top5)
                    + " of \(naming.exampleCount) examples, by phase \(naming.phase) among \(naming.classCount) speakers",
            ]
        ]
    }
}
