internal import ContentStore
internal import Foundation

/// The metrics of a run's epochs as a safetensors file: columns `phase`, `epoch`, `steps`, `examples` (counted from 0
/// and whole), `loss`, `accuracy`, `rate`, `heldOutLoss`, `heldOutAccuracy`, `equalErrorRate`, `oneShotAccuracy` (not a
/// number where there is none), and the bytes of `learning.svg`, drawn of them.
/// Seconds are not among them, so that the same run gives the same bytes.
enum MetricsTable {
    static func write(
        _ epochs: [EpochMetrics], _ tasks: [TaskMetrics], to path: String
    ) throws(TrainingError) {
        func counts(_ name: String, _ value: (EpochMetrics) -> Int) -> ContentStore.Tensor {
            ContentStore.Tensor(name, shape: [epochs.count], .int64(epochs.map { Int64(value($0)) }))
        }
        func numbers(_ name: String, _ value: (EpochMetrics) -> Double?) -> ContentStore.Tensor {
            ContentStore.Tensor(
                name, shape: [epochs.count], .float32(epochs.map { Float(value($0) ?? .nan) }))
        }
        let file = TensorFile(
            kind: "metrics", metadata: ["schema": "1"],
            tensors: [
                counts("phase") { $0.phase }, counts("epoch") { $0.report.epoch },
                counts("steps") { $0.report.stepCount }, counts("examples") { $0.report.exampleCount },
                numbers("loss") { $0.report.meanLoss }, numbers("accuracy") { $0.report.accuracy },
                numbers("rate") { $0.rate }, numbers("heldOutLoss") { $0.heldOut?.meanLoss },
                numbers("heldOutAccuracy") { $0.heldOut?.accuracy },
                numbers("equalErrorRate") { $0.validation?.equalErrorRate },
                numbers("oneShotAccuracy") { $0.validation?.oneShotAccuracy },
                ContentStore.Tensor(
                    "learning.svg", Array(LearningPicture.figure(epochs, tasks, title: "training").svg.utf8)),
            ])
        do { try file.publish(at: path) } catch { throw .store(error) }
    }

    /// The epochs of a list of metrics.
    static func read(_ path: String) throws(TrainingError) -> [EpochMetrics] { try lines(path) }

    /// The tasks of a list, of which there need not be one.
    static func tasks(_ path: String?) throws(TrainingError) -> [TaskMetrics] {
        guard let path, FileManager.default.fileExists(atPath: path) else { return [] }
        return try lines(path)
    }

    /// The lines of a list of JSON.
    static func lines<Line: Codable>(_ path: String) throws(TrainingError) -> [Line] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw .unusable("there is no list of metrics \(path)")
        }
        var found: [Line] = []
        for (index, line) in text.split(separator: "\n").enumerated() {
            guard let metrics = try? CanonicalJSON.decode(Line.self, from: String(line)) else {
                throw .unusable("\(path) is damaged in line \(index + 1); train again")
            }
            found.append(metrics)
        }
        return found
    }
}
