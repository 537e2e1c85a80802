import Console
import Foundation
import Training

/// What `train` says while it works.
enum TrainConsole {
    static func show(_ progress: RunProgress) {
        let (step, report) = (progress.step, progress.step.report)
        let done = Int(10 * report.stepCount / max(step.batchCount, 1))
        let bar = String(repeating: "━", count: done) + String(repeating: "┄", count: 10 - done)
        Terminal.overwrite(
            String(
                format: "phase %d epoch %d/%d %@ %d/%d  loss %.4f  %.1f batches/s", progress.phase + 1,
                report.epoch + 1, progress.epochCount, bar, report.stepCount, step.batchCount,
                report.meanLoss, 1 / max(progress.pace, 1e-9))
                + "  \(duration(progress.secondsLeft)) left")
    }

    /// 0:07, 12:30, 3:05:00.
    private static func duration(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        return hours > 0
            ? String(format: "%d:%02d:%02d", hours, minutes, whole % 60)
            : String(format: "%d:%02d", minutes, whole % 60)
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
            String(
                format: "%.1f s, %.1f %% of it loading, and %.1f s judging", report.elapsedSeconds,
                100 * report.loaderShare, metrics.judgeSeconds ?? 0))
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
