internal import ContentStore
internal import Manifest

/// Takes one subject through the stages of its layer, asking the ledger again after every stage whose rerun may
/// have made the same bytes.
struct SubjectRun: Sendable {
    let plan: LayerPlan
    let resolved: Resolved
    let ledger: Ledger
    let store: Store
    let host: String
    private let shared: [[InputSource: [TaskInput]]]

    init(plan: LayerPlan, resolved: Resolved, ledger: Ledger, store: Store, host: String) {
        self.plan = plan
        self.resolved = resolved
        self.ledger = ledger
        self.store = store
        self.host = host
        shared = plan.layer.stages.map { Inputs.shared(of: $0, in: resolved) }
    }

    /// What has been settled for the subject so far.
    private struct Progress {
        var entries: [Resolved.Entry] = []
        var receipts: [Receipt] = []
        var staged: [StagedArtifact] = []
        var local: Resolved
    }

    /// Runs subject number `subject` of the layer; `index` is its place among those that are due.
    func run(_ index: Int, subject number: Int, worker: inout any LayerWorker) throws -> Recorder.Delivery {
        let subject = plan.layer.subjects[number]
        var progress = Progress(local: resolved)
        while progress.entries.count < plan.layer.stages.count {
            let first = progress.entries.count
            if let known = try settled(first, subject, progress) {
                add(known, stage: first, to: &progress)
                continue
            }
            let end = try stopAfter(first, subject, number)
            // The worker may read what earlier stages made and keep.
            try store.publish(progress.staged)
            progress.staged = []
            let recorded = progress.entries.map(\.artifact)
            let order = WorkOrder(
                index: number, subject: subject, stages: first..<end, recorded: recorded,
                writes: writes(first..<end))
            try accept(try worker.run(order), subject, order, &progress)
        }
        return Recorder.Delivery(
            index: index, entries: progress.entries, receipts: progress.receipts, staged: progress.staged)
    }

    /// The recorded result of a stage whose inputs are all known and which need not run.
    private func settled(_ stage: Int, _ subject: Subject, _ progress: Progress) throws -> Resolved.Entry? {
        let spec = plan.layer.stages[stage]
        guard let inputs = Inputs.gather(spec, subject, shared: shared[stage], in: progress.local) else {
            return nil
        }
        let key = spec.question(subject, inputs: inputs).key
        guard let answer = try ledger.answer(to: key), !spec.isKept || store.contains(answer.artifact) else {
            return nil
        }
        return Resolved.Entry(subject: subject.id, key: key, artifact: answer.artifact, counts: answer.counts)
    }

    /// How far to run in one go: to the next stage that is up to date whatever this one makes, or to the end; but
    /// no further than the first stage if it may make the same bytes as last time and what follows it is asked
    /// just as it was.
    private func stopAfter(_ first: Int, _ subject: Subject, _ number: Int) throws -> Int {
        let stages = plan.layer.stages
        let upToDate = stages.indices.dropFirst(first + 1).first { plan.states[$0][number].entry != nil }
        let end = upToDate ?? stages.count
        guard stages[first].mayCutOff, first + 1 < end,
            let last = try ledger.lastQuestion(stage: stages[first + 1].name, subject: subject.id),
            last.stage == stages[first + 1].identity
        else { return end }
        return first + 1
    }

    private func writes(_ range: Range<Int>) -> [Bool] {
        plan.layer.stages.indices.map { range.contains($0) && plan.layer.stages[$0].isKept }
    }

    /// Checks what was made again against the record, and makes receipts of what is new.
    private func accept(
        _ outcomes: [StageOutcome?], _ subject: Subject, _ order: WorkOrder, _ progress: inout Progress
    ) throws {
        precondition(
            outcomes.count == order.stages.upperBound,
            "a worker gave \(outcomes.count) outcomes for stages up to \(order.stages.upperBound)")
        for (stage, outcome) in outcomes.enumerated() {
            let spec = plan.layer.stages[stage]
            guard let outcome else {
                precondition(stage < order.stages.lowerBound, "\(spec.name) of \(subject.id) was not run")
                continue
            }
            if stage < order.stages.lowerBound {
                try check(outcome, against: progress.entries[stage].artifact, spec, subject)
            } else {
                try accept(outcome, stage: stage, subject, &progress)
            }
        }
    }

    private func accept(
        _ outcome: StageOutcome, stage: Int, _ subject: Subject, _ progress: inout Progress
    ) throws {
        let spec = plan.layer.stages[stage]
        let observed = Subject(
            id: subject.id, parameters: subject.parameters,
            sources: outcome.sources.isEmpty
                ? subject.sources : outcome.sources.map { Source(role: $0.role, digest: $0.digest) })
        guard let inputs = Inputs.gather(spec, observed, shared: shared[stage], in: progress.local) else {
            preconditionFailure("\(spec.name) of \(subject.id) ran before its inputs were known")
        }
        let question = spec.question(subject, inputs: inputs)
        let artifact = outcome.staged.artifact
        if let answer = try ledger.answer(to: question.key) {
            try check(outcome, against: answer.artifact, spec, subject)
        }
        progress.staged.append(outcome.staged)
        progress.receipts.append(
            Receipt(
                question: question, artifact: artifact, isKept: outcome.staged.isKept, counts: outcome.counts,
                utterances: outcome.utterances, quarantine: outcome.quarantine,
                elapsedSeconds: outcome.elapsedSeconds, host: host))
        let entry = Resolved.Entry(
            subject: subject.id, key: question.key, artifact: artifact, counts: outcome.counts)
        add(entry, stage: stage, to: &progress)
    }

    private func check(
        _ outcome: StageOutcome, against recorded: Artifact, _ spec: StageSpec, _ subject: Subject
    ) throws(PipelineError) {
        guard outcome.staged.artifact.digest == recorded.digest else {
            throw .irreproducible(
                stage: spec.identity, subject: subject.id, recorded: recorded.digest,
                now: outcome.staged.artifact.digest)
        }
    }

    private func add(_ entry: Resolved.Entry, stage: Int, to progress: inout Progress) {
        progress.entries.append(entry)
        progress.local.add(stage: plan.layer.stages[stage].name, entries: [entry], isComplete: false)
    }
}
