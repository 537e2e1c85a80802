import Corpus

/// A split that cannot be made as it is asked for: one sentence with what is wrong and what to do.
package struct SplitError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    static func shares(_ shares: SplitShares) -> SplitError {
        SplitError(
            description: "The shares of the split (train \(shares.train), validation \(shares.validation), "
                + "test \(shares.test) parts per million) must be 0 or more and add up to 1000000 at most; "
                + "lower one of them.")
    }

    static func listedTwice(what: String, name: String, first: Side, second: Side) -> SplitError {
        let sides = first == second ? "twice for \(first)" : "for \(first) and for \(second)"
        return SplitError(
            description: "The split lists the \(what) \"\(name)\" \(sides); keep it once.")
    }

    static func missing(what: String, names: [String], listed: Int, present: Int) -> SplitError {
        let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " …" : "")
        return SplitError(
            description: "\(names.count) of the \(listed) \(what)s that the split lists are not among the "
                + "\(present) of the corpus: \(shown); correct the list or add the corpus that has them.")
    }

    static func tooFewSpeakers(asked: Int, counts: SpeakerCounts, present: Int) -> SplitError {
        let parts = [("train", counts.train), ("validation", counts.validation), ("test", counts.test)]
            .compactMap { side, count in count.map { "\(side) \($0)" } }
        return SplitError(
            description:
                "The split asks for \(asked) speakers (\(parts.joined(separator: ", "))) where the corpus has "
                + "\(present); ask for fewer, or add speakers.")
    }

    static func repeated(_ id: String) -> SplitError {
        SplitError(
            description: "Two speakers have the id \"\(id)\", so their side would be one by accident; "
                + "give each corpus its own prefix.")
    }

    static func notBySpeaker(_ unit: SplitRules.Unit) -> SplitError {
        SplitError(
            description: "A split by \(unit) puts single examples on a side, not speakers; "
                + "ask for it by example, or split by speaker, subset or list.")
    }

    static func notByExample(_ unit: SplitRules.Unit) -> SplitError {
        SplitError(
            description: "A split by \(unit) puts speakers on a side, not single examples; "
                + "ask for the side of the speaker, or split by example or utterance.")
    }
}
