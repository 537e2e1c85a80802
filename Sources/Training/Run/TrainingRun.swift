internal import Corpus
internal import Foundation
package import Torch

/// A training in its folder:
///
///     run.json                   plan, dataset, versions: what the run is
///     metrics.jsonl              a line for every epoch
///     metrics.safetensors        the same as a table, without seconds, and with the picture
///     learning.svg               drawn of it
///     tasks.jsonl                a line for every validation within epochs, where there are such
///     checkpoint-1.safetensors   where phase 1 stands, after every epoch
///     phase-1.safetensors        its network at its best epoch, or its last where nothing is validated
///     weights.safetensors        that of the last phase, with the threshold at its validation
///     network.py                 the network for PyTorch
package final class TrainingRun {
    package let identity: Identity
    package var folder: String { files.folder }
    /// How long all epochs took, once they are done.
    package private(set) var seconds = 0.0
    /// Of the last epoch that was judged.
    private var judgeSeconds = 0.0
    /// What the run was begun as, where that was with other numbers of epochs.
    let begun: Identity?
    private let files: RunFiles
    private let lock: RunLock
    let data: TrainingData
    private let network: any Network
    let phases: [(work: PhaseWork, judge: EpochJudge)]

    /// Makes the folder, or with `resumes` goes on in it.
    ///
    /// - Parameter weights: a file that the network begins with.
    package init(
        _ plan: TrainingPlan, _ data: TrainingData, folder: String, device: Device, threads: Int,
        weights: String? = nil, resumes: Bool
    ) throws(TrainingError) {
        self.data = data
        files = RunFiles(folder: folder)
        var plan = plan
        if let weights { plan.initialWeights = try InitialWeights.digest(weights) }
        identity = Identity(
            plan: plan, dataset: data.place.dataset, libtorch: LibTorch.version, device: device.name,
            threads: threads)
        let (blueprint, seed) = (plan.network, plan.seed)
        network = try TrainingError.wrapping { () throws(TorchError) in
            try LibTorch.setThreads(threads)
            try LibTorch.setDeterministic(true)
            return try blueprint.make(seed: seed, device: device)
        }
        if let weights { try InitialWeights.read(weights, into: network) }
        // Everything that can refuse comes before the folder is made.
        var phases: [(work: PhaseWork, judge: EpochJudge)] = []
        for (index, phase) in plan.phases.enumerated() {
            let seed = KeyedRandom(seed: plan.seed, domain: "train.phase").bits(UInt64(index))
            let work = try PhaseWork(phase, network, data, seed: seed)
            let judge = try EpochJudge(phase, work.heldOut?.side, data.labels, seed: plan.seed)
            // A plateau cannot be seen where nothing is judged.
            if case .plateau = phase.schedule, !judge.judges {
                work.trainer.state.schedule = RateSchedule(.constant)
            }
            phases.append((work, judge))
        }
        self.phases = phases
        if plan.patience != nil, !phases.contains(where: \.judge.judges) {
            throw .unusable(
                "train.patience has no use, as no epoch is judged; remove it, or give the recipe split.validation"
            )
        }
        try files.make()
        lock = try RunLock(folder)
        begun = try files.claim(identity, resumes: resumes)
    }

    /// Trains what is still to be trained.
    ///
    /// - Parameters:
    ///   - afterStep: told of every step.
    ///   - afterEpoch: told of every epoch.
    package func run(
        afterStep: (RunProgress) -> Void = { _ in },
        afterTasks: (TaskMetrics) -> Void = { _ in }, afterEpoch: (EpochMetrics) -> Void = { _ in }
    ) throws(TrainingError) {
        for (index, phase) in identity.plan.phases.enumerated() {
            try run(phase, index, afterStep, afterTasks, afterEpoch)
            // The next phase starts from the best of this one.
            try TrainingError.wrapping { () throws(TorchError) in
                try WeightFile.read(network.store.entries, from: WeightFile.open(files.best(index)))
            }
        }
        try NetworkFile.write(network, metadata: try metadata(), to: files.weights)
        let epochs = try MetricsTable.read(files.metrics)
        try MetricsTable.write(epochs, MetricsTable.tasks(files.tasks), to: files.table)
        seconds = epochs.reduce(0) { $0 + $1.report.elapsedSeconds + ($1.judgeSeconds ?? 0) }
    }

    /// The phase, counted from 1, that validated better than the last one; nil where the last is the best.
    package var betterPhase: Int? {
        get throws(TrainingError) {
            let phases = identity.plan.phases
            // Only what is judged in the same way can be compared, and losses and accuracies are of each phase alone.
            guard Set(phases.map(\.validation)).count == 1, phases[0].validation.isAcrossPhases else {
                return nil
            }
            let epochs = try MetricsTable.read(files.metrics)
            let merits = phases.indices.map { phase in
                epochs.filter { $0.phase == phase }.compactMap(\.merit).max() ?? -.infinity
            }
            guard let last = merits.last, let best = merits.max(), best > last else { return nil }
            return merits.firstIndex(of: best).map { $0 + 1 }
        }
    }

    /// What makes the same run again, but for the dataset and the library, as canonical JSON.
    package var parameters: String {
        get throws(TrainingError) {
            try files.json(
                Parameters(plan: identity.plan, device: identity.device, threads: identity.threads))
        }
    }

    /// The safetensors files that it leaves, by what they are.
    package var outputs: [(subject: String, path: String)] {
        [("weights", files.weights), ("metrics", files.table)]
    }

    private struct Parameters: Codable {
        let plan: TrainingPlan
        let device: String
        let threads: Int
    }

    private func run(
        _ phase: TrainingPhase, _ index: Int, _ afterStep: (RunProgress) -> Void,
        _ afterTasks: (TaskMetrics) -> Void, _ afterEpoch: (EpochMetrics) -> Void
    ) throws(TrainingError) {
        let work = phases[index].work
        let identity = try files.json(identity.withoutEpochCounts)
        if FileManager.default.fileExists(atPath: files.checkpoint(index)) {
            try Checkpoint.read(files.checkpoint(index), into: work.trainer, identity: identity)
            try checkMetrics(index, work.trainer.state.epoch)
        }
        let done = work.trainer.state.stepCount
        try files.keep(files.tasks) { (line: TaskMetrics) in line.phase != index || line.step <= done }
        while !isDone(phase, work.trainer.state) {
            let metrics = try epoch(phase, index, afterStep, afterTasks)
            try files.append(metrics, to: files.metrics) {
                ($0.phase, $0.report.epoch) != (metrics.phase, metrics.report.epoch)
            }
            try Checkpoint.write(work.trainer, identity: identity, to: files.checkpoint(index))
            try LearningPicture.write(metricsPath: files.metrics, tasksPath: files.tasks, to: files.learning)
            afterEpoch(metrics)
        }
    }

    /// Refuses to go on where lines of epochs that are done have gone.
    private func checkMetrics(_ phase: Int, _ epochCount: Int) throws(TrainingError) {
        let known = try MetricsTable.read(files.metrics).filter { $0.phase == phase }
        guard known.count >= epochCount else {
            throw .unusable(
                "\(files.metrics) has \(known.count) of the \(epochCount) epochs of phase \(phase + 1) that are done; "
                    + "bring it back, or train again in another --out")
        }
    }

    private func isDone(_ phase: TrainingPhase, _ state: TrainerState) -> Bool {
        if let patience = identity.plan.patience, state.epochsSinceBest >= patience { return true }
        return state.epoch >= phase.epochCount
    }

    private func epoch(
        _ phase: TrainingPhase, _ index: Int, _ afterStep: (RunProgress) -> Void,
        _ afterTasks: (TaskMetrics) -> Void
    ) throws(TrainingError) -> EpochMetrics {
        let (work, judge) = phases[index]
        let rate = work.trainer.learningRate
        let clock = ContinuousClock()
        let start = clock.now
        let report = try work.epoch { (progress) throws(TrainingError) in
            let pace = (clock.now - start) / .seconds(1) / Double(progress.report.stepCount)
            afterStep(
                RunProgress(
                    phase: index, epochCount: phase.epochCount, step: progress, pace: pace,
                    judgeSeconds: judgeSeconds))
            let metrics = try answerTasks(index, step: work.trainer.state.stepCount)
            if let metrics { afterTasks(metrics) }
        }
        let end = clock.now
        let judgment = try judge.judgment(of: work, network, data.examples)
        judgeSeconds = (clock.now - end) / .seconds(1)
        let isBest = work.trainer.finishEpoch(metric: judgment.merit)
        if isBest || !judge.judges { try NetworkFile.write(network, to: files.best(index)) }
        return EpochMetrics(
            phase: index, task: phase.name, report: report, rate: rate, validation: judgment.validation,
            heldOut: judgment.heldOut, merit: judgment.merit, isBest: isBest,
            judgeSeconds: judgeSeconds)
    }

    /// The validation within epochs; nil after steps that have none.
    private func answerTasks(_ phase: Int, step: Int) throws(TrainingError) -> TaskMetrics? {
        guard let accuracy = try phases[phase].judge.oneShotAccuracy(step: step, network, data.examples)
        else {
            return nil
        }
        let metrics = TaskMetrics(phase: phase, step: step, oneShotAccuracy: accuracy)
        try files.add(metrics, to: files.tasks)
        return metrics
    }

    /// What is kept beside the weights: the dataset, and how far a recording may be from a voice to be taken for its, by
    /// the equal error rate of one-shot use on validation.
    private func metadata() throws(TrainingError) -> [String: String] {
        var known = [
            "dataset": identity.dataset, "comparison": PairDistance(network).comparison.rawValue,
        ]
        if let voices = VoiceThreshold(data.labels, side: .validation) {
            let point = try voices.equalErrorRate(network, data.examples)
            (known["threshold"], known["validation-eer"]) = ("\(point.threshold)", "\(point.rate)")
        }
        return known
    }
}
