internal import ContentStore
internal import Foundation

/// Another number of epochs for a run that was begun. No epoch depends on how many follow, so that it ends with the
/// numbers of a run that was begun with as many.
extension RunFiles {
    /// Makes the run in the folder, whose `run.json` is `text`, one with the epochs of `identity`.
    func change(
        _ text: String, to identity: TrainingRun.Identity
    ) throws(TrainingError) -> TrainingRun.Identity {
        guard let known = try? CanonicalJSON.decode(TrainingRun.Identity.self, from: text),
            known.withoutEpochCounts == identity.withoutEpochCounts
        else {
            throw .unusable(
                "\(folder) is a run of another plan, dataset, libtorch, device or number of threads; give this "
                    + "one its own --out")
        }
        for (index, phase) in known.plan.phases.enumerated() {
            try check(phase.epochCount, identity.plan.phases[index].epochCount, index)
        }
        // It is not finished any more.
        for path in [weights, table] { try? FileManager.default.removeItem(atPath: path) }
        try write(json(identity) + "\n", to: self.identity)
        return known
    }

    private func check(_ begun: Int, _ wanted: Int, _ phase: Int) throws(TrainingError) {
        guard begun != wanted else { return }
        guard !FileManager.default.fileExists(atPath: checkpoint(phase + 1)) else {
            throw .unusable(
                "phase \(phase + 1) of the run in \(folder) was to have \(begun) epochs and phase \(phase + 2) has begun from "
                    + "it; give it the same, such as --set 'train.epochs=[\(begun), \(wanted)]', or train in another --out"
            )
        }
        guard FileManager.default.fileExists(atPath: checkpoint(phase)) else { return }
        let done = try MetricsTable.read(metrics).count { $0.phase == phase }
        guard done <= wanted else {
            throw .unusable(
                "the run in \(folder) has had \(done) epochs of phase \(phase + 1) already; ask for as many, or train in "
                    + "another --out")
        }
    }
}
