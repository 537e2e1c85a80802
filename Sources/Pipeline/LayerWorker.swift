package import ContentStore
package import Manifest

/// What a worker made of one stage for one subject.
package struct StageOutcome: Sendable {
    package let staged: StagedArtifact
    package let counts: TaskCounts
    /// The sources as they were read: for a stage whose inputs are `.sources`.
    package let sources: [TaskInput]
    package let utterances: [UtteranceRow]
    package let quarantine: [QuarantineRow]
    package let elapsedSeconds: Double

    package init(
        staged: StagedArtifact, counts: TaskCounts, sources: [TaskInput] = [],
        utterances: [UtteranceRow] = [],
        quarantine: [QuarantineRow] = [], elapsedSeconds: Double
    ) {
        self.staged = staged
        self.counts = counts
        self.sources = sources
        self.utterances = utterances
        self.quarantine = quarantine
        self.elapsedSeconds = elapsedSeconds
    }
}

/// What a worker is asked to do for one subject.
package struct WorkOrder: Sendable {
    package let index: Int
    package let subject: Subject
    /// The stages that must run; the worker may run earlier ones again to get what was not kept.
    package let stages: Range<Int>
    /// The recorded artifacts of the stages before `stages`; those that are to be kept are in the store.
    package let recorded: [Artifact]
    /// Per stage, whether its bytes are to be written: not for what is only made again, nor for what is there.
    package let writes: [Bool]
}

/// Does the work of one layer; each concurrent task has its own, with its own scratch memory.
package protocol LayerWorker {
    /// Runs the stages of `order` for its subject. Returns one outcome per stage up to `order.stages.upperBound`:
    /// nil for an earlier stage that was not run again.
    mutating func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?]
}
