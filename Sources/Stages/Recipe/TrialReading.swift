import Corpus

/// Reads the section `trials`.
enum TrialReading {
    static func trials(_ node: RecipeNode?, place: String) throws(RecipeError) -> TrialParameters? {
        guard let node else { return nil }
        var section = try RecipeSection(node, name: "trials", place: place)
        guard let kind: TrialParameters.Kind = try section.choice("kind") else {
            throw section.error("kind", "is needed; valid: all, balanced, hard")
        }
        let positives: PairRules.Positives? = try section.choice("positives")
        let negatives: PairRules.Negatives? = try section.choice("negatives")
        if kind == .hard {
            let rule = "is what trials.kind: hard means; remove the key, or use balanced"
            if positives == .any { throw section.error("positives", "cannot be 'any': 'different' \(rule)") }
            if negatives == .any { throw section.error("negatives", "cannot be 'any': 'same-sex' \(rule)") }
        }
        let parameters = TrialParameters(
            kind: kind, positives: positives ?? (kind == .hard ? .different : .any),
            negatives: negatives ?? (kind == .hard ? .sameSex : .any), target: try target(&section, kind),
            count: try count(&section, kind), seed: UInt64(try section.integer("seed", 0...Int.max) ?? 0),
            sides: try SelectionReading.sides(&section, of: "trials", unless: ["test"]))
        try section.finish()
        return parameters
    }

    private static func target(
        _ section: inout RecipeSection, _ kind: TrialParameters.Kind
    ) throws(RecipeError) -> PositiveShare? {
        guard let share = try section.share("target") else { return kind == .all ? nil : .half }
        guard kind != .all else {
            throw section.error(
                "target",
                "means nothing with trials.kind: all, which takes targets as they come; use balanced")
        }
        return SelectionReading.reduced(share)
    }

    private static func count(
        _ section: inout RecipeSection, _ kind: TrialParameters.Kind
    ) throws(RecipeError) -> TrialParameters.Count {
        guard let text = try section.text("count") else {
            if kind == .all { return .all }
            throw section.error("count", "is needed: how many trials, such as 10000, or all")
        }
        guard let count = TrialParameters.Count(text) else {
            throw section.error("count", "is a number of trials from 1, or all, not '\(text)'")
        }
        return count
    }
}
