internal import ContentStore
internal import Foundation
internal import Plots

/// How a training went, drawn from its `metrics.jsonl`: loss and accuracy of each phase on what it learns from and on
/// what it does not, and what validation said, epoch by epoch.
package enum LearningPicture {
    /// Draws the metrics at `metricsPath` as SVG into the file `path`, whole or not at all; nothing where no epoch is done.
    ///
    /// - Parameter title: above the panels; without it the name of the metrics' folder.
    package static func write(
        metricsPath: String, tasksPath: String? = nil, to path: String, title: String? = nil
    ) throws(TrainingError) {
        guard FileManager.default.fileExists(atPath: metricsPath) else { return }
        let epochs = try MetricsTable.read(metricsPath)
        guard !epochs.isEmpty else { return }
        let tasks = try MetricsTable.tasks(tasksPath)
        let folder = URL(fileURLWithPath: metricsPath).deletingLastPathComponent().lastPathComponent
        do {
            try figure(epochs, tasks, title: title ?? "training of \(folder)").svg.write(
                toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw .unusable("cannot write \(path): \(error.reason)")
        }
    }

    static func figure(
        _ epochs: [EpochMetrics], _ tasks: [TaskMetrics] = [], title: String
    ) -> LearningFigure {
        let ordered = epochs.sorted {
            $0.phase != $1.phase ? $0.phase < $1.phase : $0.report.epoch < $1.report.epoch
        }
        let phases = Set(ordered.map(\.phase)).sorted()
        var panels: [LearningFigure.Panel] = []
        // Losses of different phases have different scales.
        for phase in phases {
            let name = phases.count == 1 ? "" : " of phase \(phase + 1)"
            let known = ordered.filter { $0.phase == phase }
            panels.append(
                LearningFigure.Panel(
                    name: "loss\(name)", isShare: false,
                    series: curves(known, learned: \.report.meanLoss) { $0.heldOut?.meanLoss }))
            panels.append(
                LearningFigure.Panel(
                    name: "accuracy\(name)", isShare: true,
                    series: curves(known, learned: \.report.accuracy) { $0.heldOut?.accuracy }))
        }
        panels.append(
            panel("validation EER", isShare: true, ordered, phases) { $0.validation?.equalErrorRate })
        panels.append(
            panel("validation 1-shot accuracy", isShare: true, ordered, phases) {
                $0.validation?.oneShotAccuracy
            })
        panels.append(panel(tasks, phases))
        return LearningFigure(title: title, panels: panels.filter { !$0.series.isEmpty })
    }

    /// Of one phase, the curves of what is learned from and of what is not; epochs are counted from 1.
    private static func curves(
        _ epochs: [EpochMetrics], learned: @escaping (EpochMetrics) -> Double?,
        heldOut: @escaping (EpochMetrics) -> Double?
    ) -> [LearningFigure.Series] {
        let side = epochs.lazy.compactMap { $0.heldOut?.side }.first ?? .validation
        let name = side == .validation ? "validation" : "\(side.rawValue) (chooses nothing)"
        return [("train", learned), (name, heldOut)].compactMap { name, value in
            let points = epochs.compactMap { epoch in
                value(epoch).map { (at: Double(epoch.report.epoch + 1), value: $0) }
            }
            return points.isEmpty ? nil : LearningFigure.Series(name: name, points: points)
        }
    }

    /// What tasks within epochs came to, batch by batch.
    private static func panel(_ tasks: [TaskMetrics], _ phases: [Int]) -> LearningFigure.Panel {
        let series = phases.compactMap { phase -> LearningFigure.Series? in
            let points = tasks.filter { $0.phase == phase }.map {
                (at: Double($0.step), value: $0.oneShotAccuracy)
            }
            return points.isEmpty ? nil : LearningFigure.Series(name: "phase \(phase + 1)", points: points)
        }
        return LearningFigure.Panel(
            name: "1-shot accuracy within epochs", isShare: true, step: "batch", series: series)
    }

    /// A curve for each phase that has values; epochs are counted from 1 and through all phases.
    private static func panel(
        _ name: String, isShare: Bool, _ epochs: [EpochMetrics], _ phases: [Int],
        _ value: (EpochMetrics) -> Double?
    ) -> LearningFigure.Panel {
        let series = phases.compactMap { phase -> LearningFigure.Series? in
            var points: [(at: Double, value: Double)] = []
            for (number, epoch) in epochs.enumerated() where epoch.phase == phase {
                if let found = value(epoch) { points.append((Double(number + 1), found)) }
            }
            let task = epochs.first { $0.phase == phase }?.task ?? ""
            return points.isEmpty
                ? nil : LearningFigure.Series(name: "phase \(phase + 1): \(task)", points: points)
        }
        return LearningFigure.Panel(name: name, isShare: isShare, series: series)
    }
}
