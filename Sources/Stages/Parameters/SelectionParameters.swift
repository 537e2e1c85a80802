import Corpus

/// What the sides of a split may share, by name, because the recipe says so.
package enum Leak: String, Codable, Sendable, CaseIterable {
    case speaker
    case session
    case utterance
    /// The same decoded audio under two names.
    case audio
}

/// The split's rules and the leaks it admits.
package struct SplitParameters: Codable, Hashable, Sendable {
    package var rules: SplitRules
    package var allow: [Leak]
}

/// What pairs are drawn, from which sides, and how many.
package struct PairParameters: Codable, Hashable, Sendable {
    /// How many pairs or triplets a side gets.
    package enum Count: Codable, Hashable, Sendable {
        /// So many in all.
        case total(Int)
        /// Every eligible example this many times as an anchor.
        case each(Int)
    }

    package var rules: PairRules
    package var count: Count
    package var seed: UInt64
    package var sides: [Side]
}
