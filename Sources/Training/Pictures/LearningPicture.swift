internal import Foundation
internal import Plots

/// How a training went, drawn from its `metrics.jsonl`: loss and share of right answers of each phase, and what
/// validation said, epoch by epoch through all phases.
package enum LearningPicture {
    /// Draws the metrics at `metricsPath` as SVG into the file `path`, whole or not at all; nothing where no epoch is done.
    ///
    /// - Parameter title: above the panels; without it the name of the metrics' folder.
    package static func write(
        metricsPath: String, to path: String, title: String? = nil
    ) throws(TrainingError) {
        guard FileManager.default.fileExists(atPath: metricsPath) else { return }
        let epochs = try MetricsTable.read(metricsPath)
        guard !epochs.isEmpty else { return }
        let folder = URL(fileURLWithPath: metricsPath).deletingLastPathComponent().lastPathComponent
        do {
            try figure(epochs, title: title ?? "training of \(folder)").svg.write(
                toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw .unusable("cannot write \(path): \(error.localizedDescription)")
        }
    }

    static func figure(_ epochs: [EpochMetrics], title: String) -> LearningFigure {
        let ordered = epochs.sorted {
            $0.phase != $1.phase ? $0.phase < $1.phase : $0.report.epoch < $1.report.epoch
        }
        let phases = Set(ordered.map(\.phase)).sorted()
        var panels: [LearningFigure.Panel] = []
        // Losses of different phases have different scales.
        for phase in phases {
            let name = phases.count == 1 ? "" : " of phase \(phase + 1)"
            panels.append(panel("loss\(name)", isShare: false, ordered, [phase]) { $0.report.meanLoss })
        }
        panels.append(panel("right in training", isShare: true, ordered, phases) { $0.report.accuracy })
        panels.append(
            panel("validation EER", isShare: true, ordered, phases) { $0.validation?.equalErrorRate })
        panels.append(
            panel("validation 1-shot accuracy", isShare: true, ordered, phases) {
                $0.validation?.oneShotAccuracy
            })
        return LearningFigure(title: title, panels: panels.filter { !$0.series.isEmpty })
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
