internal import Foundation
internal import Scoring

/// Answers to n-shot k-way questions as a table for people.
struct EpisodeTable {
    private struct Column {
        let shotCount: Int
        /// nil is as the system compares.
        var comparison: EmbeddingComparison?

        var title: String { comparison.map { "by \($0.rawValue)" } ?? "\(shotCount)-shot" }

        func cell(_ answers: Evaluation.Episodes) -> String {
            guard let comparison else {
                return EvaluationTable.percent(answers.accuracy) + EvaluationTable.between(answers.interval)
            }
            let found = answers.compared.first { $0.comparison == comparison }
            return found.map { EvaluationTable.percent($0.accuracy) } ?? ""
        }
    }

    private let answers: [Evaluation.Episodes]
    private let columns: [Column]

    init(_ answers: [Evaluation.Episodes]) {
        self.answers = answers
        columns = Set(answers.map(\.answers.shotCount)).sorted().flatMap { shot in
            let some = answers.first { $0.answers.shotCount == shot }
            return [Column(shotCount: shot)]
                + (some?.compared ?? []).map { Column(shotCount: shot, comparison: $0.comparison) }
        }
    }

    /// A line for each k. For each number of shots a column, and of several shots one for each other comparison of class
    /// averages.
    var lines: [String] {
        let table =
            [["k-way"] + columns.map(\.title) + ["chance"]]
            + Set(answers.map(\.answers.wayCount)).sorted().map(row)
        let widths = table[0].indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        return table.map { cells in
            zip(cells, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
                .joined(separator: "   ")
        }
    }

    private func row(ofWays way: Int) -> [String] {
        let cells = columns.map { column in
            answers.first { $0.answers.shotCount == column.shotCount && $0.answers.wayCount == way }
                .map(column.cell) ?? ""
        }
        return ["\(way)"] + cells + [EvaluationTable.percent(1 / Double(way))]
    }
}
