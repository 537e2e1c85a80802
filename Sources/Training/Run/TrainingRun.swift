internal import ContentStore
internal import Corpus
internal import Foundation
package import Torch

/// A training in its folder:
///
///     run.json                   plan, dataset, versions: what the run is
///     metrics.jsonl              a line for every epoch
///     checkpoint-1.safetensors   where phase 1 stands, after every epoch
///     phase-1.safetensors        its network at its best epoch, or its last where nothing is validated
///     weights.safetensors        that of the last phase
///     network.py                 the network for PyTorch
package final class TrainingRun {
    /// What the run is; a folder of another is refused.
    package struct Identity: Codable, Sendable, Hashable {
        package let plan: TrainingPlan
        package let dataset: String
        package let libtorch: String
        package let threads: Int
    }

    package let identity: Identity
    package let folder: String
    private let data: TrainingData
    private let network: any Network
    private let validation: UnseenSpeakers?

    /// Makes the folder, or with `resumes` goes on in it.
    package init(
        _ plan: TrainingPlan, _ data: TrainingData, folder: String, device: Device, threads: Int,
        resumes: Bool
    ) throws(TrainingError) {
        self.data = data
        self.folder = folder
        identity = Identity(
            plan: plan, dataset: data.place.dataset, libtorch: LibTorch.version, threads: threads)
        validation = UnseenSpeakers(data.labels, side: .validation)
        network = try TrainingError.wrapping { () throws(TorchError) in
            try LibTorch.setThreads(threads)
            try LibTorch.setDeterministic(true)
            return try plan.network.make(seed: plan.seed, device: device)
        }
        try claimFolder(resumes: resumes)
    }

    private func claimFolder(resumes: Bool) throws(TrainingError) {
        let path = folder + "/run.json"
        let text = try json(identity)
        if let known = try? String(contentsOfFile: path, encoding: .utf8) {
            guard resumes else {
                throw .unusable("\(folder) holds a run already; go on with --resume, or remove the folder")
            }
            guard known == text + "\n" else {
                throw .unusable(
                    "\(folder) is a run of another plan, dataset, libtorch or number of threads; give it its own --out"
                )
            }
            return
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try (text + "\n").write(toFile: path, atomically: true, encoding: .utf8)
            try identity.plan.network.pythonModule.write(
                toFile: folder + "/network.py", atomically: true, encoding: .utf8)
        } catch {
            throw .unusable("cannot make the folder \(folder): \(error.localizedDescription)")
        }
    }

    /// Trains what is still to be trained.
    ///
    /// - Parameters:
    ///   - afterStep: told of every step.
    ///   - afterEpoch: told of every epoch.
    package func run(
        afterStep: (Int, StepProgress) -> Void = { _, _ in }, afterEpoch: (EpochMetrics) -> Void = { _ in }
    ) throws(TrainingError) {
        for (index, phase) in identity.plan.phases.enumerated() {
            let best = "\(folder)/phase-\(index + 1).safetensors"
            try run(phase, index, best: best, afterStep, afterEpoch)
            // The next phase starts from the best of this one.
            try TrainingError.wrapping { () throws(TorchError) in
                try WeightFile.read(network.store.entries, from: WeightFile.open(best))
            }
        }
        try NetworkFile.write(
            network, metadata: ["dataset": identity.dataset], to: folder + "/weights.safetensors")
    }

    private func run(
        _ phase: TrainingPhase, _ index: Int, best: String, _ afterStep: (Int, StepProgress) -> Void,
        _ afterEpoch: (EpochMetrics) -> Void
    ) throws(TrainingError) {
        let seed = KeyedRandom(seed: identity.plan.seed, domain: "train.phase").bits(UInt64(index))
        let work = try PhaseWork(phase, network, data, seed: seed)
        let checkpoint = "\(folder)/checkpoint-\(index + 1).safetensors"
        let identity = try json(identity)
        if FileManager.default.fileExists(atPath: checkpoint) {
            try Checkpoint.read(checkpoint, into: work.trainer, identity: identity)
        }
        while work.trainer.state.epoch < phase.epochCount {
            let rate = work.trainer.learningRate
            let report = try work.epoch { (progress) throws(TrainingError) in
                afterStep(index, progress)
                return true
            }
            guard let report else { continue }
            let equalErrorRate = try validate(phase)
            let isBest = work.trainer.finishEpoch(metric: equalErrorRate.map { 1 - $0 })
            if isBest || validation == nil { try NetworkFile.write(network, to: best) }
            let metrics = EpochMetrics(
                phase: index, task: phase.name, report: report, rate: rate, equalErrorRate: equalErrorRate)
            try append(metrics)
            try Checkpoint.write(work.trainer, identity: identity, to: checkpoint)
            afterEpoch(metrics)
        }
    }

    private func validate(_ phase: TrainingPhase) throws(TrainingError) -> Double? {
        guard let validation else { return nil }
        var byCosine = false
        if case .fbankNet = identity.plan.network { byCosine = true }
        return try validation.equalErrorRate(network, data.examples, byCosine: byCosine)
    }

    /// Adds a line for an epoch; one of the same epoch, from before a break, is replaced.
    private func append(_ metrics: EpochMetrics) throws(TrainingError) {
        let path = folder + "/metrics.jsonl"
        let known = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        var lines = known.split(separator: "\n").map(String.init).filter { line in
            guard let other = try? CanonicalJSON.decode(EpochMetrics.self, from: line) else { return false }
            return (other.phase, other.report.epoch) != (metrics.phase, metrics.report.epoch)
        }
        lines.append(try json(metrics))
        do {
            try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw .unusable("cannot write \(path): \(error.localizedDescription)")
        }
    }

    private func json(_ value: some Encodable) throws(TrainingError) -> String {
        do { return try CanonicalJSON.encode(value) } catch { throw .store(error) }
    }
}

/// What an epoch of a run came to.
package struct EpochMetrics: Codable, Sendable, Hashable {
    /// Counted from 0.
    package let phase: Int
    package let task: String
    package let report: EpochReport
    /// The learning rate of the epoch.
    package let rate: Double
    /// On speakers of the validation side, none of whom was trained on where the split is by speaker.
    package let equalErrorRate: Double?
}
