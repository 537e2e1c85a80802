internal import ContentStore
internal import Foundation

/// The files of a run in its folder.
struct RunFiles {
    let folder: String

    var identity: String { folder + "/run.json" }
    var weights: String { folder + "/weights.safetensors" }
    var metrics: String { folder + "/metrics.jsonl" }
    var table: String { folder + "/metrics.safetensors" }
    var learning: String { folder + "/learning.svg" }
    var tasks: String { folder + "/tasks.jsonl" }
    func best(_ phase: Int) -> String { "\(folder)/phase-\(phase + 1).safetensors" }
    func checkpoint(_ phase: Int) -> String { "\(folder)/checkpoint-\(phase + 1).safetensors" }

    /// Makes the folder of a new run, or with `resumes` checks that it is of this one.
    func claim(_ identity: TrainingRun.Identity, resumes: Bool) throws(TrainingError) {
        let text = try json(identity)
        if let known = try? String(contentsOfFile: self.identity, encoding: .utf8) {
            guard resumes else {
                throw .unusable("\(folder) holds a run already; go on with --resume, or remove the folder")
            }
            guard known == text + "\n" else {
                throw .unusable(
                    "\(folder) is a run of another plan, dataset, libtorch, device or number of threads; give this "
                        + "one its own --out")
            }
            return
        }
        guard !FileManager.default.fileExists(atPath: checkpoint(0)) else {
            throw .unusable("\(folder) holds checkpoints of a run whose run.json is gone; remove the folder")
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try identity.plan.network.pythonModule.write(
                toFile: folder + "/network.py", atomically: true, encoding: .utf8)
            // Last, as it makes the folder a run.
            try (text + "\n").write(toFile: self.identity, atomically: true, encoding: .utf8)
        } catch {
            throw .unusable("cannot make the folder \(folder): \(error.reason)")
        }
    }

    /// Adds a line to a list; lines that `isKept` refuses, from before a break, go.
    func append<Line: Codable>(
        _ line: Line, to path: String, keeping isKept: (Line) -> Bool
    ) throws(TrainingError) {
        let known = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        var lines = known.split(separator: "\n").map(String.init).filter { text in
            (try? CanonicalJSON.decode(Line.self, from: text)).map(isKept) ?? false
        }
        lines.append(try json(line))
        do {
            try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw .unusable("cannot write \(path): \(error.reason)")
        }
    }

    func json(_ value: some Encodable) throws(TrainingError) -> String {
        do { return try CanonicalJSON.encode(value) } catch { throw .store(error) }
    }
}
