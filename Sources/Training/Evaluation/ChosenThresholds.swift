internal import Corpus
internal import Scoring

/// Thresholds of a system: its head's own, and those that validation trials choose.
struct ChosenThresholds {
    private(set) var thresholds: [Evaluation.Threshold] = []
    /// Why there are not more.
    private(set) var notes: [String] = []

    /// - Parameters:
    ///   - validation: the scores of validation trials; nil where there are none.
    ///   - isTriplet: whether FBankNet's two are wanted, made of the distances of pairs of one speaker.
    init(
        _ comparison: PairDistance.Comparison, validation: (scores: [Double], isTarget: [Bool])?,
        isTriplet: Bool
    ) {
        if let cut = comparison.headCut {
            thresholds.append(.init(name: "head's cut", chosenOn: "the head: probability 0.5", value: cut))
        }
        guard let validation else { return }
        do throws(ScoringError) {
            let scores = try TrialScores(
                validation.scores, isTarget: validation.isTarget, sense: .distance)
            add("equal errors", try scores.threshold(.equalErrorRate))
        } catch {
            notes.append("no threshold of equal errors could be chosen on validation: \(error.message)")
        }
        guard isTriplet else { return }
        do throws(ScoringError) {
            let both = try FBankNetThresholds(
                positiveDistances: ChosenThresholds.shuffledTargets(validation.scores, validation.isTarget))
            add("μ + 3σ of pairs", both.ofPairs)
            add("μ + 3σ of batch means", both.ofBatches)
        } catch {
            notes.append("no threshold μ + 3σ could be made on validation: \(error.message)")
        }
    }

    private mutating func add(_ name: String, _ value: Double) {
        thresholds.append(.init(name: name, chosenOn: "validation", value: value))
    }

    /// The scores of pairs of one speaker in a random order: batches of them as a training has them, not speaker by
    /// speaker.
    private static func shuffledTargets(_ scores: [Double], _ isTarget: [Bool]) -> [Double] {
        let targets = zip(scores, isTarget).compactMap { $1 ? $0 : nil }
        guard !targets.isEmpty else { return [] }
        let seed = KeyedRandom(seed: 42, domain: "evaluation.batches").bits(0)
        let order = IndexPermutation(size: UInt64(targets.count), seed: seed)
        return targets.indices.map { targets[Int(order[UInt64($0)])] }
    }
}
