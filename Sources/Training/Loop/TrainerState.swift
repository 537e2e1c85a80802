/// Where training stands, beside the tensors: all that is needed to go on with the same numbers.
///
/// There is no state of a random generator: dropout is seeded for every step by the seed and the step's number, and
/// batches are drawn by theirs.
package struct TrainerState: Codable, Sendable, Hashable {
    package let seed: UInt64
    /// Epochs done.
    package var epoch = 0
    /// Steps taken in all.
    package var stepCount = 0
    /// Of the epoch under way.
    package var tally = EpochTally()
    package var schedule: RateSchedule
    /// The best metric of an epoch so far, of which more is better, and the epoch that had it.
    package var bestMetric: Double?
    package var bestEpoch: Int?

    package init(seed: UInt64, schedule: RateSchedule = RateSchedule(.constant)) {
        self.seed = seed
        self.schedule = schedule
    }

    /// How many epochs have passed since the best: what early stopping looks at.
    package var epochsSinceBest: Int { epoch - 1 - (bestEpoch ?? epoch - 1) }
}
