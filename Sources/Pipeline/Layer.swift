package import ContentStore
package import Manifest

/// Where a stage's inputs come from.
package enum InputSource: Hashable, Sendable {
    /// The subject's own sources, in order.
    case sources
    /// What the named stage made for the same subject.
    case own(String)
    /// What the named stage made for every subject, one input each.
    case each(String)
    /// The same, folded into one digest.
    case list(String)
}

/// A stage of a layer: its identity, what it reads, and whether its bytes stay in the store.
package struct StageSpec: Sendable {
    package let identity: StageIdentity
    package let inputs: [InputSource]
    package let isKept: Bool
    /// A rerun often gives the same bytes: look whether what follows is up to date before going on.
    package let mayCutOff: Bool

    package init(identity: StageIdentity, inputs: [InputSource], isKept: Bool, mayCutOff: Bool = false) {
        self.identity = identity
        self.inputs = inputs
        self.isKept = isKept
        self.mayCutOff = mayCutOff
    }

    package var name: String { identity.name }
}

/// Something read from outside: what it is to the task, and its content as far as that is known.
package struct Source: Hashable, Sendable {
    package let role: String
    package let digest: Digest?

    package init(role: String, digest: Digest?) {
        self.role = role
        self.digest = digest
    }
}

/// One unit of work of a layer, taken through all its stages by one worker.
package struct Subject: Sendable {
    package let id: String
    /// What distinguishes this subject's work beyond its inputs, as canonical JSON; empty when nothing does.
    package let parameters: String
    package let sources: [Source]

    package init(id: String, parameters: String = "", sources: [Source] = []) {
        self.id = id
        self.parameters = parameters
        self.sources = sources
    }
}

/// Stages run one after another for each of some subjects. A recipe is a list of layers.
package struct Layer: Sendable {
    package let stages: [StageSpec]
    package let subjects: [Subject]

    package init(stages: [StageSpec], subjects: [Subject]) {
        self.stages = stages
        self.subjects = subjects
    }
}
