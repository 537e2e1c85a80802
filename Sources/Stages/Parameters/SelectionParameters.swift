import Corpus

/// What the sides of a split may share, by name, because the recipe says so.
package enum Leak: String, Codable, Sendable, CaseIterable {
    case speaker
    case session
    case utterance
    /// The same decoded audio under two names.
    case audio
    /// The same sound in two recordings: louder, later, encoded again.
    case nearAudio = "near-audio"
    /// A speaker of a list of trials on the train side.
    case trialSpeaker = "trial-speaker"

    /// Those that the split itself looks for, which its key and artifact hold; the others are the certificate's.
    static let ofSplit: [Leak] = [.speaker, .session, .utterance, .audio]
}

/// The split's rules and the leaks it admits.
package struct SplitParameters: Codable, Hashable, Sendable {
    package var rules: SplitRules
    package var allow: [Leak]
}

/// What pairs are drawn, from which sides, and how many.
package struct PairParameters: Codable, Hashable, Sendable {
    /// How many pairs or triplets a side gets.
    package enum Count: Hashable, Sendable {
        /// So many in all.
        case total(Int)
        /// Triplets: every eligible example this many times as an anchor. Pairs: this many times as many as there
        /// are examples.
        case each(Int)
    }

    package var rules: PairRules
    package var count: Count
    package var seed: UInt64
    package var sides: [Side]
    /// Which part of an endless stream of pairs; nil is the first, 0.
    package var epoch: Int? = nil
    /// How they are taken by the distances of embeddings; nil for drawn ones.
    package var mining: MiningRules? = nil
    /// Where strata of durations of utterances part, in milliseconds, ascending; a pair's examples are of one. Nil where
    /// durations do not matter.
    package var durations: [Int]? = nil
}

extension PairParameters.Count: CodedAsText {
    static var noun: String { "count of pairs" }

    /// As recipes write it: `32000`, `each`, `each*3`.
    package var description: String {
        switch self {
        case .total(let count): String(count)
        case .each(let times): times == 1 ? "each" : "each*\(times)"
        }
    }

    /// Reads what `description` writes; nil for anything else.
    package init?(_ text: String) {
        if text == "each" {
            self = .each(1)
        } else if text.hasPrefix("each*"), let times = Int(text.dropFirst(5)), times > 0 {
            self = .each(times)
        } else if let count = Int(text), count > 0 {
            self = .total(count)
        } else {
            return nil
        }
    }
}
