package import Corpus
package import Scoring

/// What a trained system reaches: the document `evaluation.json`. Rates are shares, 0…1; intervals hold 95 %.
package struct Evaluation: Codable, Sendable {
    /// What was evaluated, and with what.
    package struct System: Codable, Sendable, Hashable {
        package let recipe: String
        /// The digest that names the dataset.
        package let dataset: String
        /// The SHA-256 of the file of weights.
        package let weights: String
        package let libtorch: String
        package let device: String
        /// Threads within one operator, on which the last bits depend.
        package let threads: Int

        package init(
            recipe: String, dataset: String, weights: String, libtorch: String, device: String, threads: Int
        ) {
            (self.recipe, self.dataset, self.weights) = (recipe, dataset, weights)
            (self.libtorch, self.device, self.threads) = (libtorch, device, threads)
        }
    }

    package struct Trials: Codable, Sendable, Hashable {
        /// Which they are and where they come from.
        package let source: String
        /// The list that they are of; nil for the dataset's own.
        package let list: String?
        /// The SHA-256 of that list.
        package let listDigest: String?
        package let kind: TrialSet.Kind
        package let count: Int
        package let targetCount: Int
        package let nontargetCount: Int
        package let speakerCount: Int
    }

    /// The rate of misses and false alarms where they are equal.
    package struct EqualError: Codable, Sendable, Hashable {
        package let rate: Double
        /// On the convex hull of the operating points.
        package let hullRate: Double
        package let interval: ConfidenceInterval?
    }

    package struct Cost: Codable, Sendable, Hashable {
        package let parameters: DetectionCost
        /// Normalized: 1 is the price of not listening.
        package let cost: Double
        package let interval: ConfidenceInterval?
    }

    package struct Threshold: Codable, Sendable, Hashable {
        /// What a threshold decides on trials that did not choose it.
        package struct Decisions: Codable, Sendable, Hashable {
            package let counts: DecisionCounts
            package let accuracy: Double
            package let accuracyInterval: ConfidenceInterval?
            /// TP / (TP + FN) and TN / (TN + FP).
            package let positiveAccuracy: Double?
            package let negativeAccuracy: Double?
            /// The mean of both.
            package let balancedAccuracy: Double?
        }

        package let name: String
        /// What it was chosen on: `validation`; or the network's head, whose probability there is one half.
        package let chosenOn: String
        /// A pair is accepted at and below it.
        package let value: Double
        /// nil where the trials are those that chose it.
        package internal(set) var decisions: Decisions?
    }

    package struct Episodes: Codable, Sendable, Hashable {
        /// The same questions answered by class averages that are compared otherwise than the system does.
        package struct Compared: Codable, Sendable, Hashable {
            package let comparison: EmbeddingComparison
            package let accuracy: Double
            package let interval: ConfidenceInterval
        }

        package let answers: EpisodeAccuracy
        package let accuracy: Double
        package let interval: ConfidenceInterval
        /// Of several shots only.
        package let compared: [Compared]
    }

    /// How often a speaker who was trained on is named rightly.
    package struct Naming: Codable, Sendable, Hashable {
        package let exampleCount: Int
        /// Of how many speakers those examples are, and between how many the network chooses.
        package let speakerCount: Int
        package let classCount: Int
        package let top1: Double
        package let top5: Double
        /// The phase whose weights name speakers, counted from 1.
        package let phase: Int
    }

    package let system: System
    package let side: Side
    /// All scores are distances: the smaller, the more of one speaker.
    package let comparison: PairDistance.Comparison
    package let trials: Trials
    /// The scores of pairs of one speaker, d(AP), and of two, d(AN).
    package internal(set) var sameSpeaker: ScoreMoments?
    package internal(set) var differentSpeakers: ScoreMoments?
    package internal(set) var equalError: EqualError?
    package internal(set) var areaUnderCurve: Double?
    package internal(set) var costs: [Cost] = []
    package internal(set) var thresholds: [Threshold] = []
    /// The trials that thresholds were chosen on; nil where the split has no validation side.
    package internal(set) var thresholdTrials: String?
    package internal(set) var episodes: [Episodes] = []
    package internal(set) var naming: Naming?
    /// What was evaluated in a few words: `fbanknet, test`.
    package var title: String { "\(system.recipe), \(trials.list ?? side.rawValue)" }
    /// What could not be computed and why, and what should be known of the figures; a sentence each.
    package internal(set) var notes: [String] = []

    init(
        _ system: System, _ side: Side, _ comparison: PairDistance.Comparison, _ set: TrialSet,
        list: ListedTrials? = nil
    ) {
        (self.system, self.side, self.comparison) = (system, side, comparison)
        trials = Trials(
            source: set.source, list: list?.name, listDigest: list?.digest, kind: set.kind, count: set.count,
            targetCount: set.targetCount,
            nontargetCount: set.count - set.targetCount, speakerCount: set.speakerCount)
    }
}
