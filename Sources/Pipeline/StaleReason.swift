internal import ContentStore
internal import Manifest

/// Why a task must run: the first field in which its question differs from the last one answered.
package struct StaleReason: Hashable, Codable, Sendable {
    package let field: String
    package let old: String?
    package let new: String?

    package init(field: String, old: String?, new: String?) {
        self.field = field
        self.old = old
        self.new = new
    }

    /// Nothing was ever recorded for this stage and subject.
    static func neverRun(_ stage: String) -> StaleReason {
        StaleReason(field: "\(stage).task", old: nil, new: "never run")
    }

    /// The first difference between what is asked now and what was asked last, in the order: revision,
    /// libraries, parameters, subject, inputs. Nil when there is none.
    ///
    /// - Parameter inputs: the inputs asked now; nil while they are not known.
    static func difference(
        stage: StageIdentity, subjectParameters: String, inputs: [TaskInput]?, last: TaskQuestion
    ) -> StaleReason? {
        if stage.revision != last.stage.revision {
            return StaleReason(
                field: "\(stage.name).revision", old: String(last.stage.revision), new: String(stage.revision)
            )
        }
        for library in Set(stage.libraries.keys).union(last.stage.libraries.keys).sorted()
        where stage.libraries[library] != last.stage.libraries[library] {
            return StaleReason(
                field: "\(stage.name).library.\(library)", old: last.stage.libraries[library],
                new: stage.libraries[library])
        }
        if let reason = leafDifference(stage.name, old: last.stage.parameters, new: stage.parameters) {
            return reason
        }
        if let reason = leafDifference(
            "\(stage.name).subject", old: last.subjectParameters, new: subjectParameters)
        {
            return reason
        }
        return inputs.flatMap { inputDifference(stage.name, old: last.inputs, new: $0) }
    }

    private static func leafDifference(_ prefix: String, old: String, new: String) -> StaleReason? {
        guard old != new else { return nil }
        let before = Dictionary(
            CanonicalJSON.leaves(of: old).map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first }
        )
        let after = Dictionary(
            CanonicalJSON.leaves(of: new).map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first }
        )
        for path in Set(before.keys).union(after.keys).sorted() where before[path] != after[path] {
            let field = path.isEmpty ? prefix : "\(prefix).\(path)"
            return StaleReason(field: field, old: before[path], new: after[path])
        }
        return StaleReason(field: prefix, old: old, new: new)
    }

    private static func inputDifference(_ stage: String, old: [TaskInput], new: [TaskInput]) -> StaleReason? {
        let before = Dictionary(old.map { ($0.role, $0.digest) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.map { ($0.role, $0.digest) }, uniquingKeysWith: { first, _ in first })
        for input in new where before[input.role] != input.digest {
            return StaleReason(
                field: "\(stage).inputs.\(input.role)", old: before[input.role]?.short,
                new: input.digest.short)
        }
        for input in old where after[input.role] == nil {
            return StaleReason(field: "\(stage).inputs.\(input.role)", old: input.digest.short, new: nil)
        }
        return old == new ? nil : StaleReason(field: "\(stage).inputs", old: "order", new: "another order")
    }
}
