import Corpus

/// What verification trials are made between the utterances of a side.
package struct TrialParameters: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// Every unordered pair of utterances that the rules allow, or so many of them, each equally likely.
        case all
        /// Targets and nontargets in a stated share.
        case balanced
        /// Balanced, with targets across sessions and nontargets of the same sex.
        case hard
    }

    /// How many trials a side gets.
    package enum Count: Hashable, Sendable {
        case total(Int)
        /// As many as there are.
        case all
    }

    package var kind: Kind
    /// Which utterances of a speaker may form a target trial.
    package var positives: PairRules.Positives
    /// Which speakers may form a nontarget trial.
    package var negatives: PairRules.Negatives
    /// The part of the trials that are targets; `nil` for kind `all`, which takes them as they come.
    package var target: PositiveShare?
    package var count: Count
    package var seed: UInt64
    package var sides: [Side]
}

extension TrialParameters.Count: CodedAsText {
    static var noun: String { "count of trials" }

    /// As recipes write it: `10000`, `all`.
    package var description: String {
        switch self {
        case .total(let count): String(count)
        case .all: "all"
        }
    }

    /// Reads what `description` writes; nil for anything else.
    package init?(_ text: String) {
        if text == "all" {
            self = .all
        } else if let count = Int(text), count > 0 {
            self = .total(count)
        } else {
            return nil
        }
    }
}
