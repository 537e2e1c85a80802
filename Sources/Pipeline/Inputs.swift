internal import ContentStore
internal import Manifest

/// Gathers the inputs of a task from what earlier tasks made.
enum Inputs {
    /// The inputs that every subject of a stage shares, made once: a dataset's list may be long.
    static func shared(of spec: StageSpec, in resolved: Resolved) -> [InputSource: [TaskInput]] {
        var shared: [InputSource: [TaskInput]] = [:]
        for source in spec.inputs {
            switch source {
            case .sources, .own: break
            case .each(let stage):
                shared[source] = resolved.all(stage)?.map {
                    TaskInput(role: "\(stage)/\($0.subject)", digest: $0.artifact.digest)
                }
            case .list(let stage):
                shared[source] = resolved.listDigest(stage).map { [TaskInput(role: stage, digest: $0)] }
            }
        }
        return shared
    }

    /// The inputs of one task, or nil while one of them is not known.
    static func gather(
        _ spec: StageSpec, _ subject: Subject, shared: [InputSource: [TaskInput]], in resolved: Resolved
    ) -> [TaskInput]? {
        var inputs: [TaskInput] = []
        for source in spec.inputs {
            switch source {
            case .sources:
                for item in subject.sources {
                    guard let digest = item.digest else { return nil }
                    inputs.append(TaskInput(role: item.role, digest: digest))
                }
            case .own(let stage):
                guard let entry = resolved.entry(stage, subject.id) else { return nil }
                inputs.append(TaskInput(role: stage, digest: entry.artifact.digest))
            case .each, .list:
                guard let known = shared[source] else { return nil }
                inputs += known
            }
        }
        return inputs
    }
}

extension StageSpec {
    func question(_ subject: Subject, inputs: [TaskInput]) -> TaskQuestion {
        TaskQuestion(
            stage: identity, subject: subject.id, subjectParameters: subject.parameters, inputs: inputs)
    }
}
