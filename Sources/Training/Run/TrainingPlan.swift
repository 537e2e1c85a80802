internal import ContentStore

/// All of a training but its data: network, phases, seed. With the dataset's digest it is the identity of a run.
package struct TrainingPlan: Codable, Sendable, Hashable {
    package let network: NetworkBlueprint
    package var phases: [TrainingPhase]
    package let seed: UInt64
    /// Epochs without a better validation after which a phase ends.
    package var patience: Int?
    /// The file that the weights begin with, by its SHA-256.
    package var initialWeights: String?
}
