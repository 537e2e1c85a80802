/// All of a training but its data: network, phases, seed. With the dataset's digest it is the identity of a run.
package struct TrainingPlan: Codable, Sendable, Hashable {
    package let network: NetworkBlueprint
    package var phases: [TrainingPhase]
    package let seed: UInt64
}
