import Corpus

/// Reads how much of a corpus each side of a split gets: shares, numbers of speakers, or folds.
enum SplitAmounts {
    static func read(_ section: inout RecipeSection, into rules: inout SplitRules) throws(RecipeError) {
        rules.heldOut = try heldOut(&section, rules)
        if let count = try section.integer("folds", 2...1000) {
            rules.folds = try folds(&section, count)
            rules.shares = SplitShares(train: SplitShares.whole, validation: 0, test: 0)
            return
        }
        if section.keys.contains("fold") {
            throw section.error("fold", "goes with split.folds, the number of them")
        }
        guard try isCounted(&section) else {
            rules.shares = try shares(&section)
            if rules.heldOut != nil && rules.shares.test > 0 {
                throw section.error("test", "and split.held-out both fill the test side; keep one")
            }
            return
        }
        guard rules.by == .speaker else {
            throw section.error(
                "train", "and the other sides count speakers with split.by: speaker only; use shares")
        }
        guard rules.strata == .none else {
            throw section.error("strata", "needs shares, such as test: 20%; numbers of speakers have none")
        }
        rules.counts = SpeakerCounts(
            train: try speakers(&section, "train"), validation: try speakers(&section, "validation"),
            test: try speakers(&section, "test"))
        rules.shares = SplitShares(train: SplitShares.whole, validation: 0, test: 0)
    }

    private static func heldOut(
        _ section: inout RecipeSection, _ rules: SplitRules
    ) throws(RecipeError) -> HeldOut? {
        guard let text = try section.text("held-out") else { return nil }
        guard rules.by == .example || rules.by == .utterance else {
            throw section.error(
                "held-out", "goes with split.by: example or utterance; by speaker, use split.test")
        }
        return text.hasSuffix("speakers")
            ? HeldOut(speakers: try speakers(&section, "held-out"))
            : HeldOut(share: try section.share("held-out"))
    }

    private static func folds(_ section: inout RecipeSection, _ count: Int) throws(RecipeError) -> Folds {
        guard let number = try section.integer("fold", 0...count - 1) else {
            throw section.error("fold", "is needed: which of the \(count) folds is the test side, from 0")
        }
        for key in ["train", "test"] where section.keys.contains(key) {
            throw section.error(key, "follows from split.folds; remove it")
        }
        let validation = try section.text("validation")
        guard validation == nil || (validation == "fold" && count > 2) else {
            throw section.error("validation", "is 'fold' with three folds or more: the next one, or nothing")
        }
        return Folds(count: count, number: number, hasValidation: validation != nil)
    }

    /// Whether a side is given as a number of speakers.
    private static func isCounted(_ section: inout RecipeSection) throws(RecipeError) -> Bool {
        for side in Side.allCases {
            if try section.text(side.rawValue)?.hasSuffix("speakers") == true { return true }
        }
        return false
    }

    private static func speakers(_ section: inout RecipeSection, _ key: String) throws(RecipeError) -> Int? {
        guard let text = try section.text(key) else { return nil }
        guard text.hasSuffix("speakers"), let count = Units.quantity(text, [("speakers", 1, 1)])?.times(1)
        else {
            throw section.error(
                key, "is a number of speakers, such as 50 speakers, as the other sides are, not '\(text)'")
        }
        return count
    }

    private static func shares(_ section: inout RecipeSection) throws(RecipeError) -> SplitShares {
        let validation = try section.share("validation") ?? 0
        let test = try section.share("test") ?? 0
        let rest = SplitShares.whole - validation - test
        guard rest >= 0 else {
            throw section.error("test", "and split.validation are more than 100% together")
        }
        let train = try section.share("train") ?? rest
        guard train + validation + test <= SplitShares.whole else {
            throw section.error("train", "and validation and test are more than 100% together")
        }
        return SplitShares(train: train, validation: validation, test: test)
    }
}
