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

    /// Makes the folder, if there is none.
    func make() throws(TrainingError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .unusable("cannot make the folder \(folder): \(error.reason)")
        }
    }

    /// Makes the folder one of a new run, or with `resumes` checks that it is of this one.
    ///
    /// - Returns: the run as it was begun, where that was with other numbers of epochs.
    func claim(
        _ identity: TrainingRun.Identity, resumes: Bool
    ) throws(TrainingError) -> TrainingRun.Identity? {
        if let known = try? String(contentsOfFile: self.identity, encoding: .utf8) {
            guard resumes else {
                throw .unusable("\(folder) holds a run already; go on with --resume, or remove the folder")
            }
            return known == (try json(identity)) + "\n" ? nil : try change(known, to: identity)
        }
        guard !FileManager.default.fileExists(atPath: checkpoint(0)) else {
            throw .unusable("\(folder) holds checkpoints of a run whose run.json is gone; remove the folder")
        }
        try write(identity.plan.network.pythonModule, to: folder + "/network.py")
        // Last, as it makes the folder a run.
        try write(json(identity) + "\n", to: self.identity)
        return nil
    }

    /// Adds a line to a list in place of those that `isKept` refuses.
    func append<Line: Codable>(
        _ line: Line, to path: String, keeping isKept: (Line) -> Bool
    ) throws(TrainingError) {
        try write(try kept(path, isKept) + [json(line)], to: path)
    }

    /// Leaves the lines of a list that `isKept` wants; those from after a checkpoint go. Nothing where there is no list.
    func keep<Line: Codable>(_ path: String, _ isKept: (Line) -> Bool) throws(TrainingError) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        try write(try kept(path, isKept), to: path)
    }

    /// Adds a line at the end of a list, however long that is.
    func add(_ line: some Codable, to path: String) throws(TrainingError) {
        let text = try json(line) + "\n"
        do {
            guard let file = FileHandle(forWritingAtPath: path) else {
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                return
            }
            defer { try? file.close() }
            try file.seekToEnd()
            try file.write(contentsOf: Data(text.utf8))
        } catch {
            throw .unusable("cannot write \(path): \(error.reason)")
        }
    }

    private func kept<Line: Codable>(
        _ path: String, _ isKept: (Line) -> Bool
    ) throws(TrainingError) -> [String] {
        let known = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return known.split(separator: "\n").map(String.init).filter { text in
            (try? CanonicalJSON.decode(Line.self, from: text)).map(isKept) ?? false
        }
    }

    private func write(_ lines: [String], to path: String) throws(TrainingError) {
        try write(lines.map { $0 + "\n" }.joined(), to: path)
    }

    func write(_ text: String, to path: String) throws(TrainingError) {
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw .unusable("cannot write \(path): \(error.reason)")
        }
    }

    func json(_ value: some Encodable) throws(TrainingError) -> String {
        do { return try CanonicalJSON.encode(value) } catch { throw .store(error) }
    }
}
