import Console
import Foundation
import Training

/// What `train` says while it works.
enum TrainConsole {
    static func show(_ phase: Int, _ progress: StepProgress) {
        let report = progress.report
        let share = Double(report.stepCount) / Double(max(progress.batchCount, 1))
        let bar =
            String(repeating: "━", count: Int(20 * share))
            + String(repeating: "┄", count: 20 - Int(20 * share))
        let left = Int(progress.secondsLeft.rounded())
        Terminal.overwrite(
            String(
                format: "phase %d epoch %d %@ %d of %d  loss %.4f  rate %.2g  %.1f batches/s  %d:%02d left",
                phase + 1, report.epoch + 1, bar, report.stepCount, progress.batchCount, report.meanLoss,
                progress.learningRate, Double(report.stepCount) / max(report.elapsedSeconds, 1e-9), left / 60,
                left % 60))
    }

    /// Tasks within an epoch are for programs and for the picture; people see the epoch's.
    static func report(_ metrics: TaskMetrics, json: Bool) {
        if json { try? Terminal.printJSON(metrics) }
    }

    static func report(_ metrics: EpochMetrics, json: Bool) {
        Terminal.overwrite("")
        if json, (try? Terminal.printJSON(metrics)) != nil { return }
        let report = metrics.report
        var parts = [
            "\(metrics.task) epoch \(report.epoch + 1)",
            "train: " + told(loss: report.meanLoss, accuracy: report.accuracy),
        ]
        parts += [heldOut(metrics)].compactMap(\.self)
        parts.append(String(format: "rate %.2g", metrics.rate))
        parts.append(
            String(format: "%.1f s, %.1f %% of it loading", report.elapsedSeconds, 100 * report.loaderShare))
        print(parts.joined(separator: "  ") + (metrics.isBest ? "  best" : ""))
        fflush(nil)
    }

    /// `loss 0.0189, right 96.5 %`.
    private static func told(loss: Double, accuracy: Double?) -> String {
        String(format: "loss %.4f", loss)
            + (accuracy.map { String(format: ", right %.1f %%", 100 * $0) } ?? "")
    }

    /// `validation: loss 0.0189, right 96.5 %, EER 9.2 %`; nil where nothing is held out.
    private static func heldOut(_ metrics: EpochMetrics) -> String? {
        var words: [String] = []
        if let heldOut = metrics.heldOut {
            words.append(told(loss: heldOut.meanLoss, accuracy: heldOut.accuracy))
        }
        if let rate = metrics.validation?.equalErrorRate {
            words.append(String(format: "EER %.1f %%", 100 * rate))
        }
        if let accuracy = metrics.validation?.oneShotAccuracy {
            words.append(String(format: "1-shot %.1f %%", 100 * accuracy))
        }
        let side = metrics.heldOut?.side.rawValue ?? "validation"
        return words.isEmpty ? nil : "\(side): " + words.joined(separator: ", ")
    }
}
