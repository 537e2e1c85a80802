import ContentStore
import Features

/// What the sides of a split share, with every finding by name: the leakage certificate. It says nothing that its
/// dataset does not already decide, and is no part of the dataset's name.
package struct Certificate: Codable, Sendable {
    /// Something that stands on two sides, or two things of which one stands on each.
    package struct Finding: Codable, Hashable, Sendable {
        /// One name, or those of two utterances.
        package var names: [String]
        /// For each name, the sides it stands on, such as `train` or `train+test`.
        package var sides: [String]
        /// Of near-identical audio: the share of fingerprint bits that differ, 0 to 1.
        package var mismatch: Double?
        /// Of near-identical audio: seconds that agree.
        package var seconds: Double?
        /// Of near-identical audio: seconds by which the sound lies later in the first than in the second.
        package var offsetSeconds: Double?
        /// Of a speaker of trials: the lists that name utterances of theirs.
        package var lists: [String]?
    }

    /// One thing that was looked for.
    package struct Check: Codable, Sendable {
        package let leak: Leak
        /// Speakers, sessions, utterances, sounds, pairs of utterances, or speakers of trials.
        package let count: Int
        /// Whether the recipe admits it by name.
        package let isAllowed: Bool
        /// How many by the sides they stand on.
        package let across: [String: Int]
        /// The findings in order of their names, as many as `nameLimit` of the parameters.
        package let found: [Finding]

        package var isRefused: Bool { count > 0 && !isAllowed }
    }

    /// How near-identical audio was looked for.
    package struct NearAudio: Codable, Sendable {
        let fingerprint: FingerprintParameters
        let threshold: NearAudioThreshold
        /// Utterances that were compared.
        package let compared: Int
        /// Utterances too short, or of too low a sample rate, to be compared.
        package let notCompared: Int
        /// Pairs of near-identical utterances that stand on one side, which is no leak.
        package let pairsWithinSides: Int
    }

    /// A list of trials whose speakers must not be trained on.
    package struct Trials: Codable, Sendable {
        package let name: String
        package let sha256: String
        /// Whether it is one of VoxCeleb's published lists.
        package let recognized: String
        package let trials: Int
        package let utterances: Int
        /// Utterances that the dataset does not hold.
        package let notInDataset: Int
        /// Speakers of both columns that the dataset knows.
        package let speakers: Int
        /// Those with examples on the train side.
        package let speakersInTrain: Int
    }

    package let version: Int
    /// The digest of the split that is certified.
    package let split: String
    package let sides: [CertifiedSide]
    package let checks: [Check]
    package let nearAudio: NearAudio?
    package let trials: [Trials]

    /// What a recipe does not admit.
    package var refused: [Check] { checks.filter(\.isRefused) }
    /// Whether no two sides share anything that was looked for.
    package var isClean: Bool { checks.allSatisfy { $0.count == 0 } }
}

/// How much stands on one side.
package struct CertifiedSide: Codable, Sendable {
    /// `train`, `validation`, `test`, or `not used`.
    package let side: String
    package let speakers: Int
    package let utterances: Int
    package let examples: Int
    package let hours: Double

    init(_ count: SplitTable.SideCount) {
        side = count.side?.rawValue ?? "not used"
        (speakers, utterances, examples) = (count.speakers, count.utterances, count.examples)
        hours = (Double(count.milliseconds) / 3600).rounded() / 1000
    }
}

extension Certificate {
    /// One sentence for a build that must not go on.
    func refusal() -> String {
        let parts = refused.map { check in
            // Of two that are alike, one that stands on both sides itself is the lesser leak.
            let whole = check.found.filter { $0.names.count > 1 && !$0.sides.contains { $0.contains("+") } }
            let names = (whole.isEmpty ? check.found : whole).prefix(3).map(\.words)
            let more = check.count > names.count ? ", …" : ""
            return "\(check.leak.phrase(check.count)) (\(names.joined(separator: ", "))\(more))"
        }
        let words = refused.map(\.leak.rawValue).joined(separator: ", ")
        return
            "the split leaks: \(parts.joined(separator: " and ")); remove the copies or speakers from one side, or "
            + "admit it with split.allow: [\(words)] beside what stands there"
    }
}

extension Certificate.Finding {
    /// `a` of train+test, or `a` (train) ~ `b` (test).
    package var words: String { zip(names, sides).map { "\($0) [\($1)]" }.joined(separator: " ~ ") }
}

extension Leak {
    /// `2 speakers on two sides`, `1 pair of near-identical recordings on two sides`.
    package func phrase(_ count: Int) -> String {
        let ending = count == 1 ? "" : "s"
        switch self {
        case .speaker, .session, .utterance: return "\(count) \(rawValue)\(ending) on two sides"
        case .audio: return "\(count) audio\(ending) on two sides"
        case .nearAudio: return "\(count) pair\(ending) of near-identical recordings on two sides"
        case .trialSpeaker: return "\(count) speaker\(ending) of trial lists on the train side"
        }
    }
}
