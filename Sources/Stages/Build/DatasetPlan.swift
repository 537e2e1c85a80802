import ContentStore
import Manifest
import Pipeline

/// What a build would run, and why.
package struct DatasetPlan: Encodable, Sendable {
    package struct Reason: Encodable, Sendable {
        package let field: String
        package let old: String?
        package let new: String?
        /// How many tasks have this reason.
        package var tasks: Int
        /// Seconds of audio these tasks are known to cover.
        package var audioSeconds: Double
        /// Bytes of source files these tasks cover.
        package var sourceBytes: Int

        private enum CodingKeys: String, CodingKey { case field, old, new, tasks, hours, sourceBytes }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(field, forKey: .field)
            try container.encode(old, forKey: .old)
            try container.encode(new, forKey: .new)
            try container.encode(tasks, forKey: .tasks)
            try container.encode(audioSeconds / 3600, forKey: .hours)
            try container.encode(sourceBytes, forKey: .sourceBytes)
        }
    }

    package struct Stage: Encodable, Sendable {
        package let name: String
        package let upToDate: Int
        package let stale: Int
        package let reasons: [Reason]
    }

    package let recipe: String
    package var stages: [Stage] = []
    package let utterances: Int
    package let sourceBytes: Int
    package let estimate: SizeEstimate
    package let warnings: [String]

    init(_ layers: [LayerPlan], recipe: Recipe, scan: CorpusScan, estimate: SizeEstimate) {
        self.recipe = recipe.name
        self.estimate = estimate
        warnings = scan.warnings
        utterances = scan.packs.reduce(0) { $0 + $1.utterances.count }
        sourceBytes = scan.packs.reduce(0) { $0 + $1.sourceByteCount }
        let bytes = Dictionary(
            scan.packs.map { ($0.id, $0.sourceByteCount) }, uniquingKeysWith: { first, _ in first })
        for layer in layers {
            var seconds: [String: Double] = [:]
            for column in layer.states {
                for (subject, state) in zip(layer.layer.subjects, column) {
                    guard case .upToDate(_, let answer) = state, answer.counts.audioSeconds > 0 else {
                        continue
                    }
                    seconds[subject.id] = answer.counts.audioSeconds
                }
            }
            for (spec, column) in zip(layer.layer.stages, layer.states) {
                stages.append(DatasetPlan.stage(spec.name, layer.layer.subjects, column, bytes, seconds))
            }
        }
    }

    private static func stage(
        _ name: String, _ subjects: [Subject], _ states: [TaskState], _ bytes: [String: Int],
        _ seconds: [String: Double]
    ) -> Stage {
        var reasons: [Reason] = []
        var positions: [StaleReason: Int] = [:]
        for (subject, state) in zip(subjects, states) {
            guard let found = state.reason else { continue }
            // One field may have a value of its own in every pack: the digests of inputs.
            let isInput = found.field.contains(".inputs") || found.field.hasSuffix(".artifact")
            let key =
                isInput ? StaleReason(field: DatasetPlan.inputField(found.field), old: nil, new: nil) : found
            let position = positions[key] ?? reasons.count
            if position == reasons.count {
                positions[key] = position
                let field = isInput ? found.field : RecipeKeys.name(of: found.field)
                reasons.append(
                    Reason(
                        field: field, old: found.old, new: found.new, tasks: 0, audioSeconds: 0,
                        sourceBytes: 0))
            }
            reasons[position].tasks += 1
            reasons[position].audioSeconds += seconds[subject.id] ?? 0
            reasons[position].sourceBytes += bytes[subject.id] ?? 0
        }
        let stale = states.reduce(0) { $0 + ($1.reason == nil ? 0 : 1) }
        return Stage(name: name, upToDate: states.count - stale, stale: stale, reasons: reasons)
    }

    /// The kind of input a field names: a changed file of one pack and of another are one kind of reason.
    private static func inputField(_ field: String) -> String {
        String(field.prefix { $0 != "/" })
    }
}

extension Pack {
    var sourceByteCount: Int { utterances.reduce(0) { $0 + Int($1.byteCount) } }
}
