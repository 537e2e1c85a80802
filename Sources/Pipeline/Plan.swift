package import ContentStore
package import Manifest

/// What a task's question comes to before anything runs.
package enum TaskState: Sendable {
    case upToDate(TaskKey, Ledger.Answer)
    /// It is answered, but the bytes to be kept are not in the store: it must run and come to the same, so that
    /// what reads it need not wait.
    case lost(TaskKey, Ledger.Answer, StaleReason)
    /// It must run, for these reasons.
    case stale(StaleReason)
    /// It depends on something that must run first; the reason is the best known now.
    case waiting(StaleReason)

    package var reason: StaleReason? {
        switch self {
        case .upToDate: nil
        case .lost(_, _, let reason), .stale(let reason), .waiting(let reason): reason
        }
    }

    /// The answer of a task that need not run.
    var entry: (key: TaskKey, answer: Ledger.Answer)? {
        if case .upToDate(let key, let answer) = self { (key, answer) } else { nil }
    }

    /// The answer on record, whether or not its bytes are there.
    var recorded: (key: TaskKey, answer: Ledger.Answer)? {
        switch self {
        case .upToDate(let key, let answer), .lost(let key, let answer, _): (key, answer)
        case .stale, .waiting: nil
        }
    }
}

/// The state of every task of a layer: `states[stage][subject]`.
package struct LayerPlan: Sendable {
    package let layer: Layer
    package let states: [[TaskState]]

    package var isUpToDate: Bool { states.allSatisfy { $0.allSatisfy { $0.entry != nil } } }

    /// What the plan already knows, added to `resolved`.
    package func add(to resolved: inout Resolved) {
        for (spec, column) in zip(layer.stages, states) {
            resolved.add(spec, layer.subjects, column.map(\.entry))
        }
    }
}

extension Resolved {
    /// Adds the answers there are for `subjects`.
    fileprivate mutating func add(
        _ spec: StageSpec, _ subjects: [Subject], _ answers: [(key: TaskKey, answer: Ledger.Answer)?]
    ) {
        let entries = zip(subjects, answers).compactMap { subject, found in
            found.map {
                Resolved.Entry(
                    subject: subject.id, key: $0.key, artifact: $0.answer.artifact, counts: $0.answer.counts)
            }
        }
        add(stage: spec.name, entries: entries, isComplete: entries.count == subjects.count)
    }
}

/// Compares a layer with what the ledger records.
package struct Planner: Sendable {
    let ledger: Ledger
    let store: Store

    package init(ledger: Ledger, store: Store) {
        self.ledger = ledger
        self.store = store
    }

    /// The state of every task of `layer`, given what earlier layers made.
    package func plan(_ layer: Layer, after resolved: Resolved) throws(PipelineError) -> LayerPlan {
        var local = resolved
        var states: [[TaskState]] = []
        for spec in layer.stages {
            let column = try plan(spec, layer.subjects, after: local)
            states.append(column)
            local.add(spec, layer.subjects, column.map(\.recorded))
        }
        return LayerPlan(layer: layer, states: states)
    }

    private func plan(
        _ spec: StageSpec, _ subjects: [Subject], after resolved: Resolved
    ) throws(PipelineError) -> [TaskState] {
        let shared = Inputs.shared(of: spec, in: resolved)
        var questions: [TaskQuestion?] = []
        for subject in subjects {
            let inputs = Inputs.gather(spec, subject, shared: shared, in: resolved)
            questions.append(inputs.map { spec.question(subject, inputs: $0) })
        }
        let answers = try answers(to: questions)
        var states: [TaskState] = []
        for (subject, (question, found)) in zip(subjects, zip(questions, answers)) {
            states.append(try state(spec, subject, question, found, after: resolved))
        }
        return states
    }

    private func state(
        _ spec: StageSpec, _ subject: Subject, _ question: TaskQuestion?, _ found: (TaskKey, Ledger.Answer)?,
        after resolved: Resolved
    ) throws(PipelineError) -> TaskState {
        if let (key, answer) = found {
            guard spec.isKept, !store.contains(answer.artifact) else { return .upToDate(key, answer) }
            let reason = StaleReason(
                field: "\(spec.name).artifact", old: answer.artifact.digest.short, new: "not in the store")
            return .lost(key, answer, reason)
        }
        let reason = try reason(spec, subject, question, after: resolved)
        // A source that must be read to be known is no task to wait for.
        let isUnread = spec.inputs.contains(.sources) && subject.sources.contains { $0.digest == nil }
        return question == nil && !isUnread ? .waiting(reason) : .stale(reason)
    }

    private func answers(
        to questions: [TaskQuestion?]
    ) throws(PipelineError) -> [(TaskKey, Ledger.Answer)?] {
        let keys = questions.map { $0?.key }
        let found: [Ledger.Answer?]
        do {
            found = try ledger.answers(to: keys.compactMap { $0 })
        } catch {
            throw .manifest(error)
        }
        var next = found.makeIterator()
        return keys.map { key in
            key.flatMap { key in (next.next() ?? nil).map { (key, $0) } }
        }
    }

    private func reason(
        _ spec: StageSpec, _ subject: Subject, _ question: TaskQuestion?, after resolved: Resolved
    ) throws(PipelineError) -> StaleReason {
        let last: TaskQuestion?
        do {
            last = try ledger.lastQuestion(stage: spec.name, subject: subject.id)
        } catch {
            throw .manifest(error)
        }
        guard let last else { return .neverRun(spec.name) }
        let difference = StaleReason.difference(
            stage: spec.identity, subjectParameters: subject.parameters, inputs: question?.inputs, last: last)
        return difference ?? waiting(spec, subject, last, resolved)
    }

    /// The input that is not known because it must be made first.
    private func waiting(
        _ spec: StageSpec, _ subject: Subject, _ last: TaskQuestion, _ resolved: Resolved
    ) -> StaleReason {
        let unknown = spec.inputs.lazy.compactMap { source -> String? in
            switch source {
            case .sources: nil
            case .own(let stage): resolved.entry(stage, subject.id) == nil ? stage : nil
            case .each(let stage), .list(let stage): resolved.all(stage) == nil ? stage : nil
            }
        }.first
        guard let unknown else {
            return StaleReason(field: "\(spec.name).inputs", old: nil, new: "not read yet")
        }
        let old = last.inputs.first { $0.role == unknown || $0.role.hasPrefix(unknown + "/") }
        return StaleReason(
            field: "\(spec.name).inputs.\(unknown)", old: old?.digest.short, new: "to be made first")
    }
}
