extension TrainingRun {
    /// What the run is; a folder of another is refused.
    package struct Identity: Codable, Sendable, Hashable {
        package internal(set) var plan: TrainingPlan
        package let dataset: String
        package let libtorch: String
        package let device: String
        package let threads: Int

        /// What decides the numbers of every epoch.
        var withoutEpochCounts: Identity {
            var identity = self
            for index in plan.phases.indices { identity.plan.phases[index].epochCount = 0 }
            return identity
        }
    }
}
