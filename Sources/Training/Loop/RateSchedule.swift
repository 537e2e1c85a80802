/// How the learning rate changes from epoch to epoch. Its state is part of a checkpoint.
package struct RateSchedule: Codable, Sendable, Hashable {
    package enum Rule: Codable, Sendable, Hashable {
        case constant
        /// Times `factor` after every `epochs` epochs, as PyTorch's StepLR.
        case step(epochs: Int, factor: Double)
        /// Times `factor` when a metric, of which more is better, has for more than `patience` epochs in a row not
        /// risen over its best by the relative `threshold`, as PyTorch's ReduceLROnPlateau.
        case plateau(factor: Double, patience: Int, threshold: Double = 1e-4)
    }

    package let rule: Rule
    private var epochCount = 0
    private var best: Double?
    private var badEpochCount = 0

    package init(_ rule: Rule) { self.rule = rule }

    /// The rate after one more epoch.
    ///
    /// - Parameters:
    ///   - metric: what the epoch's validation gave; only a plateau looks at it, and takes nil for no better.
    ///   - rate: the rate of the epoch.
    package mutating func rate(after metric: Double?, current rate: Double) -> Double {
        epochCount += 1
        switch rule {
        case .constant: return rate
        case .step(let epochs, let factor): return epochCount % epochs == 0 ? rate * factor : rate
        case .plateau(let factor, let patience, let threshold):
            return onPlateau(metric ?? -.infinity, patience, threshold) ? rate * factor : rate
        }
    }

    private mutating func onPlateau(_ metric: Double, _ patience: Int, _ threshold: Double) -> Bool {
        if best.map({ metric > $0 + abs($0) * threshold }) ?? (metric > -.infinity) {
            (best, badEpochCount) = (metric, 0)
        } else {
            badEpochCount += 1
        }
        guard badEpochCount > patience else { return false }
        badEpochCount = 0
        return true
    }
}
