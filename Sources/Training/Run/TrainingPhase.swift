package import Torch

/// One stage of a training: what is learned from, by which loss and how. FBankNet has two.
package struct TrainingPhase: Codable, Sendable, Hashable {
    package enum Task: Codable, Sendable, Hashable {
        case classes
        /// With the contrastive-center loss, its λ and its own optimizer.
        case centers(lambda: Double, optimizer: OptimizerRule, rate: Double)
        case pairs(PairObjective)
        case triplets(margin: Double)
    }

    package var task: Task
    package var optimizer: OptimizerRule
    package var rate: Double
    package var batchSize: Int
    package var epochCount: Int
    /// How many batches an epoch has; nil is once through the data.
    package var epochBatches: Int?
    package var schedule = RateSchedule.Rule.constant
    /// The length that gradients are clipped to.
    package var gradientLimit: Double?
    /// Whether batches have as many pairs of one speaker as of two.
    package var isBalanced = false
    package var validation = ValidationRule.equalErrorRate

    /// classes, pairs, triplets.
    package var name: String {
        switch task {
        case .classes: "classes"
        case .centers: "classes and centers"
        case .pairs: "pairs"
        case .triplets: "triplets"
        }
    }
}
