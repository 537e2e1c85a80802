internal import ContentStore
package import Corpus
internal import Foundation
internal import Plots
internal import Scoring

/// Where an evaluation is written:
///
///     evaluation.json    its document
///     scores.txt         a line for every trial: enrollment, test, score
///     errors.tsv         the data of DET and ROC: threshold, rate of false alarms, rate of misses
///     *.svg              its pictures
package enum EvaluationFolder {
    /// The document as it is printed and kept.
    package static func json(_ evaluation: Evaluation) throws(TrainingError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(evaluation), as: UTF8.self) + "\n"
        } catch {
            throw .unusable("the evaluation cannot be written as JSON: \(error)")
        }
    }

    /// The folder of an evaluation within its run, of a list of trials one of its own; an error where a list of the same name
    /// and other trials has it.
    package static func usual(
        _ side: Side, _ list: ListedTrials?, run: String
    ) throws(TrainingError) -> String {
        let name = list.map { "-" + URL(fileURLWithPath: $0.name).deletingPathExtension().lastPathComponent }
        let folder = "\(run)/evaluation-\(side.rawValue)\(name ?? "")"
        guard let list, let data = FileManager.default.contents(atPath: folder + "/evaluation.json"),
            let known = try? JSONDecoder().decode(Evaluation.self, from: data),
            known.trials.listDigest != list.digest
        else { return folder }
        throw .unusable(
            "\(folder) holds the evaluation of another list called \(known.trials.list ?? ""); remove it, or give --out"
        )
    }

    /// Writes all of an outcome into `folder`, which is made.
    package static func write(_ outcome: Evaluator.Outcome, to folder: String) throws(TrainingError) {
        let trials = outcome.trials
        let entries = outcome.scores.indices.lazy.map { index in
            ScoreList.Entry(
                enrollment: scoreListName(trials.units[Int(trials.first[index])].name),
                test: scoreListName(trials.units[Int(trials.second[index])].name),
                score: outcome.scores[index])
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try json(outcome.evaluation).write(
                toFile: folder + "/evaluation.json", atomically: true, encoding: .utf8)
            for (name, figure) in EvaluationPictures.figures(outcome) {
                try figure.svg.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            }
            try ScoreList.write(entries, to: folder + "/scores.txt")
            try errorTable(outcome).write(toFile: folder + "/errors.tsv", atomically: true, encoding: .utf8)
        } catch let error as ScoringError {
            throw .unusable(error.message)
        } catch let error as TrainingError {
            throw error
        } catch {
            throw .unusable("cannot write into \(folder): \(error.reason)")
        }
    }

    /// Every operating point; the head alone where there are not trials of both kinds.
    private static func errorTable(_ outcome: Evaluator.Outcome) throws(ScoringError) -> String {
        var text = "threshold\tfalse alarms\tmisses\n"
        let isTarget = outcome.trials.isTarget
        guard isTarget.contains(true), isTarget.contains(false) else { return text }
        let scores = try TrialScores(outcome.scores, isTarget: isTarget, sense: .distance)
        for point in try scores.errorCurve(pointLimit: nil).points {
            text += "\(point.threshold)\t\(point.falseAlarmRate)\t\(point.missRate)\n"
        }
        return text
    }

    /// A name without the blanks that part the fields of a score list.
    private static func scoreListName(_ name: String) -> String {
        String(name.map { $0.isWhitespace ? "_" : $0 })
    }
}
