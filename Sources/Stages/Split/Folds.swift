import Corpus

/// One of k ways to split for cross-validation: over all k, everything is test exactly once.
package struct Folds: Codable, Hashable, Sendable {
    package var count: Int
    /// 0 ..< count: which of them is the test side.
    package var number: Int
    /// Whether the next fold is the validation side.
    package var hasValidation: Bool

    package init(count: Int, number: Int, hasValidation: Bool) {
        self.count = count
        self.number = number
        self.hasValidation = hasValidation
    }

    /// The side of what 64 random bits belong to; a function of those alone, so that new data moves nothing.
    func side(bits: UInt64) -> Side {
        let fold = Int(bits.multipliedFullWidth(by: UInt64(count)).high)
        if fold == number { return .test }
        return hasValidation && fold == (number + 1) % count ? .validation : .train
    }
}
