package import ContentStore
package import Manifest

/// What a task's question comes to before anything runs.
package enum TaskState: Sendable {
    case upToDate(TaskKey, Ledger.Answer)
    /// It must run, for these reasons.
    case stale(StaleReason)
    /// It depends on something that must run first; the reason is the best known now.
    case waiting(StaleReason)

    package var reason: StaleReason? {
        switch self {
        case .upToDate: nil
        case .stale(let reason), .waiting(let reason): reason
        }
    }

    var entry: (key: TaskKey, answer: Ledger.Answer)? {
        if case .upToDate(let key, let answer) = self { (key, answer) } else { nil }
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
            let entries = zip(layer.subjects, column).compactMap { subject, state in
                state.entry.map {
                    Resolved.Entry(
                        subject: subject.id, key: $0.key, artifact: $0.answer.artifact,
                        counts: $0.answer.counts)
                }
            }
            resolved.add(
                stage: spec.name, entries: entries, isComplete: entries.count == layer.subjects.count)
        }
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
            LayerPlan(layer: Layer(stages: [spec], subjects: layer.subjects), states: [column]).add(
                to: &local)
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
            if let (key, answer) = found, !spec.isKept || store.contains(answer.artifact) {
                states.append(.upToDate(key, answer))
                continue
            }
            let reason = try reason(spec, subject, question, recorded: found?.1, after: resolved)
            states.append(question == nil && subject.sources.isEmpty ? .waiting(reason) : .stale(reason))
        }
        return states
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
        _ spec: StageSpec, _ subject: Subject, _ question: TaskQuestion?, recorded: Ledger.Answer?,
        after resolved: Resolved
    ) throws(PipelineError) -> StaleReason {
        if let recorded {
            return StaleReason(
                field: "\(spec.name).artifact", old: recorded.artifact.digest.short, new: "not in the store")
        }
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
